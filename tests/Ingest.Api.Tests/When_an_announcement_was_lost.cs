using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Podcast.Contracts;
using Podcast.Ingest.Api.Tests.Fixtures;
using Podcast.Ingest.Api.Uploads;
using Podcast.Testing;

namespace Podcast.Ingest.Api.Tests;

public sealed class When_an_announcement_was_lost : IAsyncLifetime
{
    private readonly IngestHost host = new();
    private HttpClient client = null!;

    private UploadSweep Sweeper => host.Services.GetServices<IHostedService>().OfType<UploadSweep>().Single();

    public async Task InitializeAsync()
    {
        await host.InitializeAsync();
        client = host.ClientOf("ann");
    }

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task announcement_is_repeated_word_for_word_until_taken_up()
    {
        var id = await Submit();
        await Times(id, 1);

        host.Clock.Advance(TimeSpan.FromSeconds(59));
        (await Sweeper.Sweep(default)).ShouldBe(0);
        host.Clock.Advance(TimeSpan.FromSeconds(16)); // the service's own timer is due in here
        await Times(id, 2);
        host.Clock.Advance(TimeSpan.FromSeconds(90));
        await Times(id, 3);

        var announced = host.Published<EpisodeUploaded>();
        announced.Select(e => System.Text.Json.JsonSerializer.Serialize(e)).Distinct().ShouldHaveSingleItem();

        await host.Deliver(Snapshot.Of(id, 1, "ann"));
        await Eventually.Holds(async () => (int)(await client.Get($"/episodes/{id}"))["version"]! == 1, "it is taken up");
        host.Clock.Advance(TimeSpan.FromMinutes(10));
        (await Sweeper.Sweep(default)).ShouldBe(0);
    }

    [Fact]
    public void repetitions_become_ever_rarer()
    {
        var (options, uploaded) = (new UploadOptions(), host.Clock.GetUtcNow());

        var minutes = new List<double>();
        for (var at = uploaded + options.AnnounceAgainAfter; minutes.Count < 9; at = UploadSweep.Next(at, uploaded, options))
            minutes.Add((at - uploaded).TotalMinutes);

        minutes.ShouldBe([1, 2, 4, 8, 16, 32, 64, 124, 184]);
    }

    [Fact]
    public async Task of_many_sweepers_at_once_one_repeats_it()
    {
        var ids = new List<Guid>();
        for (var n = 0; n < 5; n++)
            ids.Add(await Submit());
        foreach (var id in ids)
            await Times(id, 1);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await host.InDatabase(db => db.Episodes.ExecuteUpdateAsync(set =>
            set.SetProperty(e => e.AnnounceAt, host.Clock.GetUtcNow())));

        var counts = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Sweeper.Sweep(default))));

        counts.Sum().ShouldBe(5);
        foreach (var id in ids)
            await Times(id, 2);
    }

    [Fact]
    public async Task what_waits_for_its_upload_is_not_announced()
    {
        await (await client.Post("/episodes/prepare-upload", new { filename = "a.mp4", title = "T", filesize = 1 })).Answer(HttpStatusCode.Created);

        host.Clock.Advance(TimeSpan.FromHours(1));

        (await Sweeper.Sweep(default)).ShouldBe(0);
        host.Published<EpisodeUploaded>().ShouldBeEmpty();
    }

    [Fact]
    public async Task old_answers_are_forgotten()
    {
        await (await client.Post("/episodes", new { url = "https://example.com/a.mp4", title = "T" }, key: "k")).Answer(HttpStatusCode.Accepted);
        await Age(TimeSpan.FromHours(23));
        await Sweeper.Sweep(default);
        (await host.FromDatabase(db => db.Answers.CountAsync())).ShouldBe(1);

        await Age(TimeSpan.FromHours(25));
        await Sweeper.Sweep(default);

        (await host.FromDatabase(db => db.Answers.CountAsync())).ShouldBe(0);
    }

    private Task Age(TimeSpan age) => host.InDatabase(db => db.Answers.ExecuteUpdateAsync(set =>
        set.SetProperty(a => a.CreatedAt, host.Clock.GetUtcNow() - age)));

    private async Task<Guid> Submit() =>
        (Guid)(await (await client.Post("/episodes", new { url = "https://example.com/a.mp4", title = "T" })).Answer(HttpStatusCode.Accepted))["id"]!;

    private async Task Times(Guid id, int count)
    {
        await Eventually.Holds(() => host.Published<EpisodeUploaded>().Count(e => e.EpisodeId == id) >= count, $"{count} announcements");
        host.Published<EpisodeUploaded>().Count(e => e.EpisodeId == id).ShouldBe(count);
    }
}
