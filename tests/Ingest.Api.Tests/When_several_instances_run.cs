using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Podcast.Contracts;
using Podcast.Ingest.Api.Tests.Fixtures;
using Podcast.Ingest.Api.Uploads;
using Podcast.Testing;
using Xunit.Abstractions;

namespace Podcast.Ingest.Api.Tests;

public sealed class When_several_instances_run(Fleet fleet, ITestOutputHelper output) : IClassFixture<Fleet>
{
    private readonly string owner = $"owner-{Guid.NewGuid():N}";

    [Fact]
    public async Task what_one_takes_in_the_others_show()
    {
        var made = await (await fleet.Hosts[0].ClientOf(owner).Post("/episodes", new { url = "https://example.com/a.mp4", title = "T" }))
            .Answer(HttpStatusCode.Accepted);

        foreach (var host in fleet.Hosts)
            ((string)(await host.ClientOf(owner).Get($"/episodes/{made["id"]}"))["title"]!).ShouldBe("T");
    }

    [Fact]
    public async Task snapshots_of_one_episode_may_come_to_all_of_them_at_once()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var id = Guid.NewGuid();
        var versions = Enumerable.Range(1, 12).ToArray();
        var shuffled = fleet.Hosts.Select(_ =>
        {
            var own = versions.ToArray();
            random.Shuffle(own);
            return own;
        }).ToArray();

        await Task.WhenAll(fleet.Hosts.Zip(shuffled, (host, own) => Task.Run(() => host.Deliver(own.Select(version => Life(id, version))))));

        var host = fleet.Hosts[0];
        await Eventually.Holds(
            async () => await host.FromDatabase(db => db.History.CountAsync(h => h.EpisodeId == id)) == versions.Length
                && await host.FromDatabase(db => db.Episodes.AnyAsync(e => e.Id == id && e.Version == 12)),
            $"the history is whole and the newest snapshot shows, seed {seed}");
        var row = await host.FromDatabase(db => db.Episodes.Include(e => e.Tasks).SingleAsync(e => e.Id == id));
        (row.Version, row.Status, row.Reason).ShouldBe((12, "processing", "version 12"), $"seed {seed}");
        var task = row.Tasks.ShouldHaveSingleItem();
        (task.Percent, task.IttybitTaskId).ShouldBe((12, $"task-{id}-12"), $"seed {seed}");
        foreach (var each in fleet.Hosts)
            each.Logged.ShouldNotContain(line => line.Contains("R-FAULT", StringComparison.Ordinal), $"seed {seed}");
    }

    [Fact]
    public async Task a_request_sent_to_all_of_them_happens_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(n =>
            fleet.Hosts[n % 3].ClientOf(owner).Post("/episodes", new { url = "https://example.com/a.mp4", title = "once" }, key: "k")));

        foreach (var answer in answers)
            await answer.Answer(HttpStatusCode.Accepted);
        (await fleet.Hosts[0].ClientOf(owner).Get("/episodes"))["episodes"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task a_lost_announcement_is_repeated_by_one_of_them()
    {
        var made = await (await fleet.Hosts[0].ClientOf(owner).Post("/episodes", new { url = "https://example.com/a.mp4", title = "T" }))
            .Answer(HttpStatusCode.Accepted);
        var id = (Guid)made["id"]!;
        await fleet.Hosts[0].InDatabase(db => db.Episodes.Where(e => e.Id != id).ExecuteUpdateAsync(set =>
            set.SetProperty(e => e.AnnounceAt, (DateTimeOffset?)null)));
        await fleet.Hosts[0].InDatabase(db => db.Episodes.Where(e => e.Id == id).ExecuteUpdateAsync(set =>
            set.SetProperty(e => e.AnnounceAt, fleet.Hosts[0].Clock.GetUtcNow())));

        var sweepers = fleet.Hosts.Select(host => host.Services.GetServices<IHostedService>().OfType<UploadSweep>().Single());
        var counts = await Task.WhenAll(sweepers.Select(sweeper => Task.Run(() => sweeper.Sweep(default))));

        counts.Sum().ShouldBe(1);
    }

    private static EpisodeChanged Life(Guid id, int version) => Snapshot.Of(
        id, version, "ann", EpisodeStatus.Processing, $"version {version}",
        Snapshot.Task(TaskKind.AudioExtraction, TaskState.Processing, $"task-{id}-{version}", percent: version));
}
