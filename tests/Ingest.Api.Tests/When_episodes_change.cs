using System.Text.Json.Nodes;
using Podcast.Contracts;
using Podcast.Ingest.Api.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Ingest.Api.Tests;

/// <summary>What a page that shows episodes asks for, to stay current.</summary>
public sealed class When_episodes_change : IAsyncLifetime
{
    private const string Owner = "ann";
    private readonly IngestHost host = new();

    public Task InitializeAsync() => host.InitializeAsync();

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task a_reader_that_goes_on_from_its_token_misses_none()
    {
        var client = host.ClientOf(Owner);
        var token = (string)(await client.Get("/episodes/changes"))["token"]!;
        var ids = Enumerable.Range(0, 5).Select(_ => Guid.NewGuid()).ToArray();
        var seen = new Dictionary<Guid, int>();
        foreach (var version in new[] { 1, 2, 3 })
        {
            await host.Deliver(ids.Select(id => Snapshot.Of(id, version, Owner)));
            await Eventually.Holds(async () =>
            {
                var changes = await client.Get($"/episodes/changes?after={token}");
                foreach (var episode in changes["episodes"]!.AsArray())
                    seen[(Guid)episode!["id"]!] = (int)episode["version"]!;
                token = (string)changes["token"]!;
                return ids.All(id => seen.GetValueOrDefault(id) == version);
            }, $"version {version} of all is told");
            host.Clock.Advance(TimeSpan.FromSeconds(10));
        }
    }

    [Fact]
    public async Task what_was_told_long_ago_is_not_told_again()
    {
        var client = host.ClientOf(Owner);
        var token = (string)(await client.Get("/episodes/changes"))["token"]!;
        var id = Guid.NewGuid();
        await host.Deliver(Snapshot.Of(id, 1, Owner), Snapshot.Of(Guid.NewGuid(), 1, "somebody else"));
        JsonNode changes = null!;
        await Eventually.Holds(
            async () => (changes = await client.Get($"/episodes/changes?after={token}"))["episodes"]!.AsArray().Count > 0, "it is told");
        changes["episodes"]!.AsArray().Select(episode => (Guid)episode!["id"]!).ShouldBe([id]);

        host.Clock.Advance(TimeSpan.FromSeconds(10));
        token = (string)(await client.Get($"/episodes/changes?after={token}"))["token"]!;

        (await client.Get($"/episodes/changes?after={token}"))["episodes"]!.AsArray().ShouldBeEmpty();
    }

    /// <summary>A transaction that began earlier may commit later.</summary>
    [Fact]
    public async Task a_token_stays_behind_what_may_still_be_committed()
    {
        var client = host.ClientOf(Owner);
        var token = (string)(await client.Get("/episodes/changes"))["token"]!;
        await host.Deliver(Snapshot.Of(Guid.NewGuid(), 1, Owner));
        await Eventually.Holds(
            async () => (await client.Get($"/episodes/changes?after={token}"))["episodes"]!.AsArray().Count == 1, "the first is told");
        token = (string)(await client.Get($"/episodes/changes?after={token}"))["token"]!;
        var late = Guid.NewGuid();
        await host.InDatabase(db =>
        {
            var at = host.Clock.GetUtcNow().AddSeconds(-1);
            db.Episodes.Add(new() { Id = late, UserId = Owner, Title = "t", Status = "held", CreatedAt = at, UpdatedAt = at, ChangedAt = at });
            return db.SaveChangesAsync();
        });

        var changes = await client.Get($"/episodes/changes?after={token}");

        changes["episodes"]!.AsArray().Select(episode => (Guid)episode!["id"]!).ShouldContain(late);
    }

    [Fact]
    public async Task a_changed_publication_tells_of_its_episode()
    {
        var client = host.ClientOf(Owner);
        var id = Guid.NewGuid();
        await host.Deliver(Snapshot.Of(id, 1, Owner, EpisodeStatus.Processed));
        await Eventually.Holds(() => host.FromDatabase(db => Task.FromResult(db.Episodes.Any(e => e.Id == id))), "it is stored");
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var token = (string)(await client.Get("/episodes/changes"))["token"]!;

        await host.Deliver(new PublicationChanged(
            id, PublishingChannel.Youtube, 1, Owner, PublicationStatus.Publishing, "upload", null, null, null, null, null, 0, null, null, [],
            host.Clock.GetUtcNow()));

        await Eventually.Holds(
            async () => (await client.Get($"/episodes/changes?after={token}"))["episodes"]!.AsArray().Count == 1, "it is told again");
    }

    [Fact]
    public async Task a_foreign_token_is_refused()
    {
        using var answer = await host.ClientOf(Owner).GetAsync(new Uri("/episodes/changes?after=yesterday", UriKind.Relative));

        (await answer.RefusedFields()).ShouldBe(["after"]);
    }

    [Fact]
    public async Task the_parts_say_what_is_waited_for_and_until_when()
    {
        var id = Guid.NewGuid();
        var task = Snapshot.Task(TaskKind.AudioExtraction, TaskState.Processing, "task_1", percent: 40) with
        {
            Attempt = 2,
            NextAt = Snapshot.At(600),
            DeadlineAt = Snapshot.At(3600),
            Error = "Ittybit failed (503).",
        };
        await host.Deliver(Snapshot.Of(id, 1, Owner, tasks: task));
        await Eventually.Holds(() => host.FromDatabase(db => Task.FromResult(db.Episodes.Any(e => e.Id == id))), "it is stored");

        var episode = await host.ClientOf(Owner).Get($"/episodes/{id}");

        var part = episode["waiting"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)part["for"]!).ShouldBe("task");
        ((string)part["task"]!).ShouldBe("audio_extraction");
        ((DateTime)part["since"]!).ShouldBe(Snapshot.At(0).UtcDateTime);
        ((DateTime)part["next_at"]!).ShouldBe(Snapshot.At(600).UtcDateTime);
        ((DateTime)part["given_up_at"]!).ShouldBe(Snapshot.At(3600).UtcDateTime);
        ((int)part["percent"]!).ShouldBe(40);
        ((int)part["attempt"]!).ShouldBe(2);
        ((string)part["why"]!).ShouldBe("Ittybit failed (503).");
        episode["actions"]!.AsArray().Select(action => (string)action!).ShouldBe(["cancel"]);
        ((string)episode["tasks"]![0]!["ittybit_task_id"]!).ShouldBe("task_1");
    }
}
