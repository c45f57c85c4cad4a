using Microsoft.EntityFrameworkCore;
using Podcast.Contracts;
using Podcast.Ingest.Api.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Ingest.Api.Tests;

public sealed class When_releases_are_planned(IngestHost host) : IClassFixture<IngestHost>
{
    private static readonly DateTimeOffset At = new(2026, 12, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task what_is_not_finished_is_listed_by_date()
    {
        var late = await Publication("ann", PublicationStatus.Publishing, At.AddDays(1));
        var soon = await Publication("ann", PublicationStatus.Publishing, At, captionsAt: At.AddDays(4));
        var follows = await Publication("ann", PublicationStatus.Published, At.AddDays(-9), captionsAt: At.AddHours(1));
        var failed = await Publication("ann", PublicationStatus.Failed, At.AddDays(-1));
        await Publication("ann", PublicationStatus.Published, At.AddDays(-9));
        await Publication("ben", PublicationStatus.Publishing, At);

        var releases = (await host.ClientOf("ann").Get("/releases/plan"))["releases"]!.AsArray();

        releases.Select(release => (Guid)release!["episode_id"]!).ShouldBe([soon, follows, late, failed]);
        var first = releases[0]!;
        ((string?)first["title"], (string?)first["channel"], (string?)first["status"])
            .ShouldBe(("How to Build APIs", "youtube", "publishing"));
        ((DateTimeOffset)first["planned_at"]!, (DateTimeOffset)first["captions_planned_at"]!).ShouldBe((At, At.AddDays(4)));
        ((string?)first["why"]).ShouldBe("The next free place.");
        (releases[3]!["planned_at"], (string?)releases[3]!["why"]).ShouldBe((null, "It waits for a person: no. Try."));
    }

    [Fact]
    public async Task what_has_ended_leaves_the_plan()
    {
        var id = await Publication("eva", PublicationStatus.Publishing, At);
        await Tell(id, 2, PublicationStatus.Published, At, null);

        (await host.ClientOf("eva").Get("/releases/plan"))["releases"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task a_stranger_is_asked_for_a_token() =>
        (await host.Anonymous().GetAsync(new Uri("/releases/plan", UriKind.Relative))).StatusCode
            .ShouldBe(System.Net.HttpStatusCode.Unauthorized);

    private async Task<Guid> Publication(string owner, PublicationStatus status, DateTimeOffset? at, DateTimeOffset? captionsAt = null)
    {
        var id = Guid.NewGuid();
        await host.Deliver(Snapshot.Of(id, 1, owner));
        await Tell(id, 1, status, at, captionsAt);
        await Eventually.Holds(() => host.FromDatabase(db => db.Episodes.AnyAsync(episode => episode.Id == id)), "the episode is stored");
        return id;
    }

    private async Task Tell(Guid id, int version, PublicationStatus status, DateTimeOffset? at, DateTimeOffset? captionsAt)
    {
        await host.Deliver(new PublicationChanged(
            id, PublishingChannel.Youtube, version, "ann", status, "prepare", "no.", "Try.", at, null, null, 0, null, null, [], At, at,
            captionsAt, "The next free place."));
        await Eventually.Holds(
            () => host.FromDatabase(db => db.Publications.AnyAsync(row => row.EpisodeId == id && row.Version == version)),
            "the publication is stored");
    }
}
