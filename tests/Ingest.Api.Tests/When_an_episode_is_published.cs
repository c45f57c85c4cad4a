using System.Net;
using Microsoft.EntityFrameworkCore;
using Podcast.Contracts;
using Podcast.Ingest.Api.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Ingest.Api.Tests;

public sealed class When_an_episode_is_published(IngestHost host) : IClassFixture<IngestHost>
{
    private readonly Guid id = Guid.NewGuid();

    [Fact]
    public async Task the_newest_news_of_each_channel_are_shown()
    {
        await Known("ann");
        await Tell(Change(PublishingChannel.Youtube, 2, PublicationStatus.Publishing, sent: 50), Change(PublishingChannel.Transistor, 1));
        await Tell(Change(PublishingChannel.Youtube, 1, PublicationStatus.Publishing, sent: 10));

        var shown = await host.ClientOf("ann").Get($"/episodes/{id}/publications");

        ((string?)shown["status"]).ShouldBe("publishing");
        var channels = shown["publications"]!.AsArray();
        channels.Select(one => (string?)one!["channel"]).ShouldBe(["transistor", "youtube"]);
        ((int)channels[1]!["percent"]!, (int)channels[1]!["version"]!).ShouldBe((50, 2));
    }

    [Theory]
    [InlineData(PublicationStatus.Published, "published")]
    [InlineData(PublicationStatus.Failed, "partly_published")]
    [InlineData(PublicationStatus.AwaitsApproval, "publishing")]
    public async Task the_status_counts_all_channels(PublicationStatus other, string status)
    {
        await Known("bea");
        await Tell(Change(PublishingChannel.Transistor, 1), Change(PublishingChannel.Youtube, 1, other));

        ((string?)(await host.ClientOf("bea").Get($"/episodes/{id}/publications"))["status"]).ShouldBe(status);
    }

    [Fact]
    public async Task actions_are_sent_to_the_publisher()
    {
        await Known("cleo");
        await Tell(Change(PublishingChannel.Youtube, 1, PublicationStatus.AwaitsApproval));
        var client = host.ClientOf("cleo");

        foreach (var action in (string[])["approve", "retry", "retract"])
            await (await client.Post($"/episodes/{id}/publications/youtube/{action}")).Answer(HttpStatusCode.Accepted);

        await Eventually.Holds(
            () => host.Published<ApprovePublication>().Any(command => command.EpisodeId == id && command.By == "cleo")
                && host.Published<RetryPublication>().Any(command => command.EpisodeId == id)
                && host.Published<RetractPublication>().Any(command => command.EpisodeId == id),
            "the commands are published");
    }

    [Fact]
    public async Task release_is_held_let_go_and_moved_as_it_stands()
    {
        await Known("fay");
        var client = host.ClientOf("fay");
        var path = $"/episodes/{id}/publications/youtube";
        await Tell(Change(PublishingChannel.Youtube, 1, PublicationStatus.Publishing));
        await (await client.Post($"{path}/resume")).Problem(HttpStatusCode.Conflict);
        await (await client.Post($"{path}/move", new { to = "tomorrow" })).Problem(HttpStatusCode.BadRequest);
        await (await client.Post($"{path}/hold", new { why = "wait" })).Answer(HttpStatusCode.Accepted);
        await (await client.Post($"{path}/move", new { to = "2026-12-24T17:00" })).Answer(HttpStatusCode.Accepted);

        await Tell(Change(PublishingChannel.Youtube, 2, PublicationStatus.Publishing) with { HeldBy = "gil", HeldWhy = "wait" });
        var twice = await (await client.Post($"{path}/hold")).Problem(HttpStatusCode.Conflict);
        ((string)twice["detail"]!).ShouldBe("gil holds it already.");
        await (await client.Post($"{path}/resume")).Answer(HttpStatusCode.Accepted);
        await Tell(Change(PublishingChannel.Youtube, 3) with { Step = "confirm_captions" });
        await (await client.Post($"{path}/hold")).Problem(HttpStatusCode.Conflict);
        await (await client.Post($"{path}/move", new { to = "2026-12-24T17:00" })).Problem(HttpStatusCode.Conflict);

        await Eventually.Holds(() => host.Published<ResumePublication>().Any(command => command.EpisodeId == id), "the commands are published");
        var hold = host.Published<HoldPublication>().Single(command => command.EpisodeId == id);
        (hold.By, hold.Why).ShouldBe(("fay", "wait"));
        host.Published<MoveRelease>().Single(command => command.EpisodeId == id).To
            .ShouldBe(new DateTimeOffset(2026, 12, 24, 17, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task others_and_unknown_channels_get_404()
    {
        await Known("dan");
        await Tell(Change(PublishingChannel.Youtube, 1));

        foreach (var (owner, path) in (IEnumerable<(string, string)>)[("eva", "youtube"), ("dan", "transistor"), ("dan", "vimeo")])
            (await host.ClientOf(owner).Post($"/episodes/{id}/publications/{path}/approve")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task Known(string owner)
    {
        await host.Deliver(Snapshot.Of(id, 1, owner));
        await Eventually.Holds(() => host.FromDatabase(db => db.Episodes.AnyAsync(episode => episode.Id == id)), "the episode is stored");
    }

    private async Task Tell(params PublicationChanged[] changes)
    {
        foreach (var change in changes)
        {
            await host.Deliver(change);
            await Eventually.Holds(
                () => host.FromDatabase(db => db.Publications.AnyAsync(
                    row => row.EpisodeId == id && row.Channel == change.Channel && row.Version >= change.Version)),
                "the change is stored");
        }
    }

    private PublicationChanged Change(
        PublishingChannel channel, int version, PublicationStatus status = PublicationStatus.Published, long sent = 100) => new(
        id, channel, version, "ann", status, "send", null, null, null, "remote", new Uri("https://example.com/e"), sent, 100, null, [],
        DateTimeOffset.UnixEpoch);
}
