using System.Net;
using Podcast.Contracts;
using Podcast.Ingest.Api.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Ingest.Api.Tests;

public sealed class When_all_that_match_are_meant(IngestHost host) : IClassFixture<IngestHost>
{
    private readonly string owner = $"ann-{Guid.NewGuid():N}";

    [Fact]
    public async Task each_gets_its_command_once_and_others_none()
    {
        var talks = await Have(30, EpisodeStatus.Processing, "A talk");
        await Have(2, EpisodeStatus.Processing, "An interview");
        await Have(2, EpisodeStatus.Failed, "A talk");
        await Have(1, EpisodeStatus.Processing, "A talk", "bob");

        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(n => host.ClientOf(owner).Post(
            "/jobs", new { action = "cancel", status = "processing", q = "talk", at_most = 30, why = "The guest objects" }, key: $"k{n}")));

        answers.Select(answer => answer.StatusCode).ShouldBe([HttpStatusCode.Accepted, HttpStatusCode.NotFound], ignoreOrder: true);
        var job = await answers.Single(answer => answer.IsSuccessStatusCode).Answer(HttpStatusCode.Accepted);
        ((string)job["message"]!, (int)job["total"]!).ShouldBe(("The episodes that are processing and match “talk”", 30));
        await Eventually.Holds(() => Published<CancelEpisode>(command => command.By).Count >= 30, "all are cancelled");
        await Eventually.Holds(
            async () => (await host.ClientOf(owner).Get($"/jobs/{job["id"]}"))["done_at"] is not null, "the job is done");
        Published<CancelEpisode>(command => command.By).Select(cancel => cancel.EpisodeId).ShouldBe(talks, ignoreOrder: true);
        Published<CancelEpisode>(command => command.By).ShouldAllBe(cancel => cancel.By == owner && cancel.Why == "The guest objects");
        ((string)(await host.ClientOf(owner).Get("/jobs"))["jobs"]!.AsArray().ShouldHaveSingleItem()!["action"]!).ShouldBe("cancel");
    }

    [Fact]
    public async Task held_ones_go_on()
    {
        var held = await Have(2, EpisodeStatus.Held, "Short");

        await (await host.ClientOf(owner).Post("/jobs", new { action = "resume", status = "held" })).Answer(HttpStatusCode.Accepted);

        await Eventually.Holds(() => Published<ResumeEpisode>(command => command.By).Count == 2, "they go on");
        Published<ResumeEpisode>(command => command.By).Select(resume => resume.EpisodeId).ShouldBe(held, ignoreOrder: true);
    }

    [Fact]
    public async Task more_than_were_confirmed_are_left_alone()
    {
        await Have(3, EpisodeStatus.Failed, "A talk");

        using var answer = await host.ClientOf(owner).Post("/jobs", new { action = "retry", status = "failed", at_most = 2 });

        ((string)(await answer.Problem(HttpStatusCode.Conflict))["detail"]!).ShouldStartWith("More than 2 episodes match. Nothing was done");
        (await host.ClientOf(owner).Get("/jobs"))["jobs"]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{ "action": "delete", "status": "failed" }""", "action")]
    [InlineData("""{ "action": "retry", "status": "processed" }""", "status")]
    [InlineData("""{ "action": "resume", "status": "failed" }""", "status")]
    [InlineData("""{ "action": "retry" }""", "status")]
    [InlineData("""{ "action": "retry", "status": "failed", "at_most": 0 }""", "at_most")]
    public async Task what_makes_no_sense_is_refused_by_field(string body, string field)
    {
        using var answer = await host.ClientOf(owner).Post("/jobs", body);

        (await answer.RefusedFields()).ShouldBe([field]);
    }

    private IReadOnlyList<TCommand> Published<TCommand>(Func<TCommand, string> by)
        where TCommand : class => [.. host.Published<TCommand>().Where(command => by(command) == owner)];

    private async Task<Guid[]> Have(int count, EpisodeStatus status, string title, string? whose = null)
    {
        var ids = Enumerable.Range(0, count).Select(_ => Guid.NewGuid()).ToArray();
        await host.Deliver(ids.Select(id => Snapshot.Of(id, 1, whose ?? owner, status, "no") with { Title = title }));
        await Eventually.Holds(
            () => host.FromDatabase(db => Task.FromResult(db.Episodes.Count(e => ids.Contains(e.Id)) == count)), "all are stored");
        return ids;
    }
}
