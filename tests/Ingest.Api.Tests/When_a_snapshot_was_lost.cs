using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Podcast.Contracts;
using Podcast.Ingest.Api.ReadModel;
using Podcast.Ingest.Api.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Ingest.Api.Tests;

public sealed class When_a_snapshot_was_lost : IAsyncLifetime
{
    private readonly IngestHost host = new();
    private readonly Guid id = Guid.NewGuid();
    private HttpClient client = null!;

    private SnapshotSweep Sweeper => host.Services.GetServices<IHostedService>().OfType<SnapshotSweep>().Single();

    public async Task InitializeAsync()
    {
        await host.InitializeAsync();
        client = host.ClientOf("ann");
    }

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task the_orchestrator_is_asked_until_it_is_heard_of()
    {
        await Hears(EpisodeStatus.Processing, 2); // version 3, the last, is lost
        host.Clock.Advance(TimeSpan.FromMinutes(14));
        host.Published<RepublishEpisode>().ShouldBeEmpty();

        host.Clock.Advance(TimeSpan.FromMinutes(2)); // the sweep's own timer fires
        await Eventually.Holds(() => host.Published<RepublishEpisode>().Count == 1, "it is asked for");
        host.Published<RepublishEpisode>()[0].ShouldBe(new RepublishEpisode(id, 2));

        await Hears(EpisodeStatus.Processed, 3);
        host.Clock.Advance(TimeSpan.FromHours(1)); // it would be asked again after half an hour
        (await Sweeper.Sweep(default)).ShouldBe(0);
        ((string)(await client.Get($"/episodes/{id}"))["status"]!).ShouldBe("processed");
    }

    [Theory]
    [InlineData(EpisodeStatus.Processing, true)]
    [InlineData(EpisodeStatus.Completing, true)]
    [InlineData(EpisodeStatus.Held, true)]
    [InlineData(EpisodeStatus.Failed, false)]
    [InlineData(EpisodeStatus.Processed, false)]
    [InlineData(EpisodeStatus.Cancelled, false)]
    public async Task it_is_asked_for_unless_it_is_at_its_end(EpisodeStatus status, bool asked)
    {
        await Hears(status, 1);

        (await host.FromDatabase(db => db.Episodes.SingleAsync(e => e.Id == id))).AskAt.HasValue.ShouldBe(asked);
    }

    [Fact]
    public void questions_without_an_answer_become_ever_rarer()
    {
        var (options, start) = (new ReadModelOptions(), host.Clock.GetUtcNow());
        var episode = new Data.Episode { UserId = "ann", Title = "T", Status = "processing", UpdatedAt = start };

        var asks = new List<double>();
        for (var at = start + options.AskAfter; asks.Count < 10; at = AskSchedule.Again(episode, at, options)!.Value)
            asks.Add((at - start).TotalMinutes);

        asks.ShouldBe([15, 30, 60, 120, 240, 480, 960, 1920, 3360, 4800]);
    }

    [Fact]
    public async Task of_many_sweepers_at_once_one_asks()
    {
        await Hears(EpisodeStatus.Held, 1);
        await host.InDatabase(db => db.Episodes.ExecuteUpdateAsync(set => set.SetProperty(e => e.AskAt, host.Clock.GetUtcNow())));

        var counts = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Sweeper.Sweep(default))));

        counts.Sum().ShouldBe(1);
    }

    [Fact]
    public async Task of_an_order_at_its_end_it_is_asked_for_once()
    {
        await Hears(EpisodeStatus.Failed, 1, Snapshot.Task(TaskKind.AudioExtraction, TaskState.Failed));
        await (await client.Post($"/episodes/{id}/retry")).Answer(HttpStatusCode.Accepted);
        host.Clock.Advance(TimeSpan.FromMinutes(16));

        await Eventually.Holds(() => host.Published<RepublishEpisode>().Count == 1, "it is asked for");
        (await host.FromDatabase(db => db.Episodes.SingleAsync(e => e.Id == id))).AskAt.ShouldBeNull();
    }

    [Fact]
    public async Task missing_first_snapshot_is_asked_for_with_the_announcement()
    {
        var made = await (await client.Post("/episodes", new { url = "https://example.com/a.mp4", title = "T" })).Answer(HttpStatusCode.Accepted);

        host.Clock.Advance(TimeSpan.FromSeconds(75));

        await Eventually.Holds(() => host.Published<RepublishEpisode>().Count == 1, "it is asked for");
        host.Published<RepublishEpisode>()[0].ShouldBe(new RepublishEpisode((Guid)made["id"]!, 0));
    }

    [Theory]
    [InlineData("ann", null, HttpStatusCode.Accepted)]
    [InlineData("olga", "operator", HttpStatusCode.Accepted)]
    [InlineData("bob", null, HttpStatusCode.NotFound)]
    public async Task its_owner_and_operators_can_have_it_repeated(string user, string? role, HttpStatusCode status)
    {
        await Hears(EpisodeStatus.Processed, 1);

        using var response = await host.ClientOf(user, role).Post($"/episodes/{id}/republish", """{ "why": "the queue was purged" }""");

        response.StatusCode.ShouldBe(status);
        if (status != HttpStatusCode.Accepted)
            return;
        await Eventually.Holds(() => host.Published<RepublishEpisode>().Count == 1, "the order is out");
        host.Published<RepublishEpisode>()[0].ShouldBe(new RepublishEpisode(id, By: user, Why: "the queue was purged"));
    }

    private async Task Hears(EpisodeStatus status, int version, params TaskSnapshot[] tasks)
    {
        await host.Deliver(Snapshot.Of(id, version, "ann", status, tasks: tasks));
        await Eventually.Holds(() => host.FromDatabase(db => db.Episodes.AnyAsync(e => e.Id == id && e.Version == version)), "it is heard of");
    }
}
