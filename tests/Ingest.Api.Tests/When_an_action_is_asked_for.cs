using System.Net;
using Podcast.Contracts;
using Podcast.Ingest.Api.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Ingest.Api.Tests;

public sealed class When_an_action_is_asked_for(IngestHost host) : IClassFixture<IngestHost>
{
    private readonly Guid id = Guid.NewGuid();
    private readonly HttpClient client = host.ClientOf("ann");

    [Fact]
    public async Task a_retry_goes_to_the_orchestrator_with_who_and_why()
    {
        await Episode(EpisodeStatus.Failed, TaskState.Completed, TaskState.Failed);

        var response = await client.Post($"/episodes/{id}/retry", """{ "tasks": ["video"], "now": true, "why": "Ittybit is back" }""");

        (await response.Answer(HttpStatusCode.Accepted))["id"]!.ToString().ShouldBe($"{id}");
        response.Headers.Location!.ToString().ShouldBe($"/episodes/{id}");
        var retry = await Order<RetryEpisode>(r => r.EpisodeId == id);
        retry.Tasks.ShouldBe([TaskKind.VideoTranscode]);
        (retry.Now, retry.By, retry.Why).ShouldBe((true, "ann", "Ittybit is back"));
    }

    [Fact]
    public async Task a_retry_without_a_body_is_for_every_failed_task()
    {
        await Episode(EpisodeStatus.Failed, TaskState.Failed);

        await (await client.Post($"/episodes/{id}/retry")).Answer(HttpStatusCode.Accepted);

        var retry = await Order<RetryEpisode>(r => r.EpisodeId == id);
        (retry.Tasks, retry.Now, retry.Why).ShouldBe((null, false, null));
    }

    [Fact]
    public async Task a_cancellation_and_a_resumption_go_to_the_orchestrator()
    {
        await Episode(EpisodeStatus.Held, TaskState.Completed);

        await (await client.Post($"/episodes/{id}/resume", """{ "why": "It is meant to be short" }""")).Answer(HttpStatusCode.Accepted);
        await (await client.Post($"/episodes/{id}/cancel")).Answer(HttpStatusCode.Accepted);

        (await Order<ResumeEpisode>(r => r.EpisodeId == id)).ShouldBe(new ResumeEpisode(id, "ann", "It is meant to be short"));
        (await Order<CancelEpisode>(r => r.EpisodeId == id)).ShouldBe(new CancelEpisode(id, "ann"));
    }

    [Theory]
    [InlineData(EpisodeStatus.Processing, TaskState.Processing, "retry", false)]
    [InlineData(EpisodeStatus.Processing, TaskState.Failed, "retry", true)]
    [InlineData(EpisodeStatus.Completing, TaskState.Completed, "retry", false)]
    [InlineData(EpisodeStatus.Processed, TaskState.Completed, "retry", false)]
    [InlineData(EpisodeStatus.Processed, TaskState.Failed, "retry", false)]
    [InlineData(EpisodeStatus.Held, TaskState.Completed, "retry", true)]
    [InlineData(EpisodeStatus.Failed, TaskState.Failed, "retry", true)]
    [InlineData(EpisodeStatus.Cancelled, TaskState.Cancelled, "retry", false)]
    [InlineData(EpisodeStatus.Processing, TaskState.Processing, "cancel", true)]
    [InlineData(EpisodeStatus.Completing, TaskState.Completed, "cancel", true)]
    [InlineData(EpisodeStatus.Processed, TaskState.Completed, "cancel", false)]
    [InlineData(EpisodeStatus.Held, TaskState.Completed, "cancel", true)]
    [InlineData(EpisodeStatus.Failed, TaskState.Failed, "cancel", true)]
    [InlineData(EpisodeStatus.Cancelled, TaskState.Cancelled, "cancel", false)]
    [InlineData(EpisodeStatus.Processing, TaskState.Processing, "resume", false)]
    [InlineData(EpisodeStatus.Held, TaskState.Completed, "resume", true)]
    [InlineData(EpisodeStatus.Processed, TaskState.Completed, "resume", false)]
    [InlineData(EpisodeStatus.Failed, TaskState.Failed, "resume", false)]
    [InlineData(EpisodeStatus.Cancelled, TaskState.Cancelled, "resume", false)]
    internal async Task what_makes_no_sense_is_a_409_that_says_why(EpisodeStatus status, TaskState task, string action, bool makesSense)
    {
        await Episode(status, task);

        var response = await client.Post($"/episodes/{id}/{action}");

        if (makesSense)
            await response.Answer(HttpStatusCode.Accepted);
        else
            ((string)(await response.Problem(HttpStatusCode.Conflict))["detail"]!).ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task two_at_once_retry_once_and_the_second_is_told()
    {
        await Episode(EpisodeStatus.Failed, TaskState.Failed);

        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(n => client.Post($"/episodes/{id}/retry", "{}", key: $"{id}-{n}")));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.Accepted).ShouldBe(1);
        var told = await answers.Single(answer => answer.StatusCode != HttpStatusCode.Accepted).Problem(HttpStatusCode.Conflict);
        ((string)told["detail"]!).ShouldBe("ann asked for the same a moment ago: it is done once, and shows here as soon as it begins.");
        await Order<RetryEpisode>(r => r.EpisodeId == id);
        host.Published<RetryEpisode>().Count(r => r.EpisodeId == id).ShouldBe(1);
        await host.Deliver(Snapshot.Of(id, 2, "ann", EpisodeStatus.Failed, "no", Snapshot.Task(TaskKind.AudioExtraction, TaskState.Failed, error: "no")));
        await Eventually.Holds(
            async () => (await client.Post($"/episodes/{id}/retry")).StatusCode == HttpStatusCode.Accepted, "after news it may be asked for again");
    }

    [Fact]
    public async Task retry_names_tasks_that_have_not_failed_or_are_missing()
    {
        await Episode(EpisodeStatus.Processing, TaskState.Failed, TaskState.Processing);

        var running = await (await client.Post($"/episodes/{id}/retry", """{ "tasks": ["audio", "video"] }""")).Problem(HttpStatusCode.Conflict);
        var none = await (await client.Post($"/episodes/{id}/retry", """{ "tasks": ["chapters"] }""")).Problem(HttpStatusCode.UnprocessableEntity);

        ((string)running["detail"]!).ShouldBe("video_transcode is processing, not failed.");
        ((string)none["errors"]!["tasks"]![0]!).ShouldContain("chapter_detection");
    }

    [Fact]
    public async Task only_now_ends_the_wait_for_what_follows_the_tasks()
    {
        await Episode(EpisodeStatus.Completing, TaskState.Completed);

        var later = await (await client.Post($"/episodes/{id}/retry")).Problem(HttpStatusCode.Conflict);
        await (await client.Post($"/episodes/{id}/retry", """{ "now": true, "tasks": ["audio"] }""")).Problem(HttpStatusCode.Conflict);
        await (await client.Post($"/episodes/{id}/retry", """{ "now": true, "why": "it is there" }""")).Answer(HttpStatusCode.Accepted);

        ((string)later["detail"]!).ShouldContain("\"now\": true");
        (await Order<RetryEpisode>(r => r.EpisodeId == id)).ShouldBe(new RetryEpisode(id, null, true, "ann", "it is there"));
    }

    [Fact]
    public async Task a_task_that_was_asked_for_already_is_told_so()
    {
        await host.Deliver(Snapshot.Of(
            id, 1, "ann", tasks: Snapshot.Task(TaskKind.AudioExtraction, TaskState.Pending) with { RequestedAt = Snapshot.At(1) }));
        await Shows();

        var problem = await (await client.Post($"/episodes/{id}/retry", """{ "now": true, "tasks": ["audio"] }""")).Problem(HttpStatusCode.Conflict);
        await (await client.Post($"/episodes/{id}/retry", """{ "now": true }""")).Problem(HttpStatusCode.Conflict);

        ((string)problem["detail"]!).ShouldBe("audio_extraction has been asked for already.");
    }

    [Fact]
    public async Task only_now_ends_the_wait_of_a_task()
    {
        await Episode(EpisodeStatus.Processing, TaskState.Pending);

        await (await client.Post($"/episodes/{id}/retry", "{}")).Problem(HttpStatusCode.Conflict);
        await (await client.Post($"/episodes/{id}/retry", """{ "now": true }""")).Answer(HttpStatusCode.Accepted);
    }

    [Theory]
    [InlineData("retry")]
    [InlineData("cancel")]
    [InlineData("resume")]
    public async Task an_episode_that_nobody_works_on_yet_is_a_409(string action)
    {
        var made = await (await client.Post("/episodes", new { url = "https://example.com/a.mp4", title = "T" })).Answer(HttpStatusCode.Accepted);

        await (await client.Post($"/episodes/{made["id"]}/{action}")).Problem(HttpStatusCode.Conflict);
    }

    private async Task Episode(EpisodeStatus status, params TaskState[] tasks)
    {
        var snapshots = tasks.Select((state, index) => Snapshot.Task((TaskKind)index, state)).ToArray();
        await host.Deliver(Snapshot.Of(id, 1, "ann", status, "reason", snapshots));
        await Shows();
    }

    private Task Shows() => Eventually.Holds(
        async () => (await client.GetAsync(new Uri($"/episodes/{id}", UriKind.Relative))).IsSuccessStatusCode, "it shows");

    private async Task<TOrder> Order<TOrder>(Func<TOrder, bool> mine)
    {
        await Eventually.Holds(() => host.Published<TOrder>().Any(mine), $"{typeof(TOrder).Name} is published");
        return host.Published<TOrder>().Single(mine);
    }
}
