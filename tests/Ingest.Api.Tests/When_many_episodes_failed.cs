using System.Net;
using System.Text.Json.Nodes;
using Podcast.Contracts;
using Podcast.Ingest.Api.Data;
using Podcast.Ingest.Api.Failures;
using Podcast.Ingest.Api.Jobs;
using Podcast.Ingest.Api.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Ingest.Api.Tests;

public sealed class When_many_episodes_failed : IAsyncLifetime
{
    private const string Owner = "ann";
    private readonly IngestHost host = new();

    public Task InitializeAsync() => host.InitializeAsync();

    public Task DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData("Ittybit failed (503) for task_8a1.", "Ittybit failed (503) for #.", "503")]
    [InlineData("The audio is 31.2 s long, the video 3600 s.", "The audio is # s long, the video # s.", null)]
    [InlineData("No file at https://x.example/a?b=1 since 2026-01-15T14:32:10Z.", "No file at # since #.", null)]
    [InlineData("Episode 6f9619ff-8b86-d011-b42d-00cf4fc964ff  is no video.", "Episode # is no video.", null)]
    [InlineData("no audio_stream", "no audio_stream", null)]
    [InlineData(null, "", null)]
    public void cause_has_no_part_that_differs(string? text, string message, string? code)
    {
        var cause = Cause.Of(TaskKind.AudioExtraction, text);

        (cause.Message, cause.Code).ShouldBe((message, code));
        cause.Id.ShouldBe(Cause.Of(TaskKind.AudioExtraction, message).Id);
        cause.Id.ShouldNotBe(Cause.Of(TaskKind.VideoTranscode, text).Id);
    }

    [Fact]
    public async Task episodes_of_one_cause_are_one_group()
    {
        await Fail(3, n => $"Ittybit failed (503) for task_{n}.");
        await Fail(1, _ => "There is no sound in the file.");
        await Fail(1, _ => "Ittybit failed (503) for task_1.", "somebody else");

        var causes = (await host.ClientOf(Owner).Get("/failures"))["causes"]!.AsArray();

        causes.Select(cause => ((string)cause!["message"]!, (int)cause["count"]!)).ShouldBe(
            [("Ittybit failed (503) for #.", 3), ("There is no sound in the file.", 1)]);
        ((string)causes[0]!["code"]!).ShouldBe("503");
        var one = await host.ClientOf(Owner).Get($"/failures/{causes[0]!["id"]}");
        one["episodes"]!.AsArray().Count.ShouldBe(3);
    }

    [Fact]
    public async Task job_is_told_page_by_page()
    {
        const int Many = 12;
        var ids = await Fail(Many, n => $"Ittybit failed (503) for task_{n}.");
        using var answer = await host.ClientOf(Owner).Post($"/failures/{await OnlyCause()}/retry");
        var job = (Guid)(await answer.Answer(HttpStatusCode.Accepted))["id"]!;

        var (told, after) = (new List<Guid>(), (string?)"");
        while (after is not null)
        {
            var page = await host.ClientOf(Owner).Get($"/jobs/{job}?limit=5{(after.Length == 0 ? "" : $"&after={after}")}");
            ((int)page["total"]!).ShouldBe(Many);
            told.AddRange(page["items"]!.AsArray().Select(item => (Guid)item!["episode_id"]!));
            after = (string?)page["next_after"];
        }

        told.Count.ShouldBe(Many);
        told.ShouldBe(ids, ignoreOrder: true);
    }

    [Fact]
    public async Task each_episode_of_a_cause_is_retried_once()
    {
        var ids = await Fail(120, n => $"Ittybit failed (503) for task_{n}.");
        var cause = await OnlyCause();

        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(n => host.ClientOf(Owner).Post(
            $"/failures/{cause}/retry", new { why = "Ittybit is back" }, key: n == 2 ? "k1" : $"k{n}")));
        await Eventually.Holds(
            async () => (await Jobs()).All(job => job!["done_at"] is not null), "all jobs are done, without any time to pass");

        answers.Count(answer => answer.StatusCode == HttpStatusCode.Accepted).ShouldBeLessThanOrEqualTo(2, "one job, told twice to who repeated");
        (await Jobs()).Count.ShouldBe(1);
        await Eventually.Holds(() => host.Published<RetryEpisode>().Count == ids.Length, "all are retried");
        host.Published<RetryEpisode>().Select(retry => retry.EpisodeId).ShouldBe(ids, ignoreOrder: true);
        host.Published<RetryEpisode>().ShouldAllBe(retry => retry.By == Owner && retry.Why == "Ittybit is back");
        (await host.ClientOf(Owner).Get("/failures"))["causes"]!.AsArray().ShouldBeEmpty("what is retried leaves the list");
    }

    [Fact]
    public async Task one_is_tried_first_and_fails_again()
    {
        var ids = await Fail(3, n => $"Ittybit failed (503) for task_{n}.");
        var cause = await OnlyCause();
        using var answer = await host.ClientOf(Owner).Post($"/failures/{cause}/retry", new { limit = 1 });
        var job = (Guid)(await answer.Answer(HttpStatusCode.Accepted))["id"]!;
        await Done(job);
        ((int)(await host.ClientOf(Owner).Get($"/failures/{cause}"))["count"]!).ShouldBe(2);

        await Eventually.Holds(() => host.Published<RetryEpisode>().Count == 1, "it is retried");
        var id = host.Published<RetryEpisode>()[0].EpisodeId;
        host.Clock.Advance(TimeSpan.FromSeconds(30));
        await host.Deliver(Snapshot.Of(id, 3, Owner, EpisodeStatus.Failed, "no", Failed("Ittybit failed (503) for task_77.")));

        await Eventually.Holds(
            async () => (int?)(await host.ClientOf(Owner).Get($"/failures/{cause}"))["count"] == ids.Length, "it is in the list again");
        var items = (await host.ClientOf(Owner).Get($"/jobs/{job}"))["items"]!.AsArray();
        ((string)items.ShouldHaveSingleItem()!["status"]!).ShouldBe("failed");
    }

    [Fact]
    public async Task an_episode_that_went_on_meanwhile_is_told_with_why()
    {
        var (id, job, now) = ((await Fail(1, n => "no"))[0], Guid.CreateVersion7(), host.Clock.GetUtcNow());
        await host.InDatabase(db =>
        {
            db.Episodes.Single(e => e.Id == id).Status = "cancelled";
            db.Jobs.Add(new EpisodeJob { Id = job, UserId = Owner, Message = "no", CreatedAt = now }); // its instance has ended
            db.JobItems.Add(new JobItem { JobId = job, EpisodeId = id, At = now });
            return db.SaveChangesAsync();
        });

        await Done(job);

        var done = await host.ClientOf(Owner).Get($"/jobs/{job}");
        ((int)done["refused"]!).ShouldBe(1);
        ((string)done["items"]![0]!["note"]!).ShouldBe("The episode is cancelled: there is nothing to retry.");
        host.Published<RetryEpisode>().ShouldBeEmpty();
    }

    [Fact]
    public async Task anothers_jobs_and_causes_are_not_found()
    {
        await Fail(1, _ => "no");
        var cause = await OnlyCause();
        using var answer = await host.ClientOf(Owner).Post($"/failures/{cause}/retry");
        var job = (Guid)(await answer.Answer(HttpStatusCode.Accepted))["id"]!;

        foreach (var path in new[] { $"/jobs/{job}", $"/failures/{cause}" })
            (await host.ClientOf("bob").GetAsync(new Uri(path, UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var retry = await host.ClientOf("bob").Post($"/failures/{cause}/retry");
        await retry.Problem(HttpStatusCode.NotFound);
    }

    private async Task Done(Guid job) => await Eventually.Holds(async () =>
    {
        host.Clock.Advance(JobSweep.Every);
        return (await host.ClientOf(Owner).Get($"/jobs/{job}"))["done_at"] is not null;
    }, "the job is done");

    private async Task<JsonArray> Jobs() => (await host.ClientOf(Owner).Get("/jobs"))["jobs"]!.AsArray();

    private async Task<string> OnlyCause() =>
        (string)(await host.ClientOf(Owner).Get("/failures"))["causes"]!.AsArray().ShouldHaveSingleItem()!["id"]!;

    private async Task<Guid[]> Fail(int count, Func<int, string> error, string owner = Owner)
    {
        var ids = Enumerable.Range(0, count).Select(_ => Guid.NewGuid()).ToArray();
        await host.Deliver(ids.Select((id, n) => Snapshot.Of(id, 1, owner, EpisodeStatus.Failed, "no", Failed(error(n)))));
        await Eventually.Holds(
            () => host.FromDatabase(db => Task.FromResult(db.Episodes.Count(e => ids.Contains(e.Id)) == count)), "all are stored");
        return ids;
    }

    private static TaskSnapshot Failed(string error) => Snapshot.Task(TaskKind.AudioExtraction, TaskState.Failed, error: error);
}
