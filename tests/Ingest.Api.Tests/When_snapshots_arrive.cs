using System.Collections.Concurrent;
using System.Net;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NSubstitute;
using Podcast.Contracts;
using Podcast.Ingest.Api.Data;
using Podcast.Ingest.Api.ReadModel;
using Podcast.Ingest.Api.Tests.Fixtures;
using Podcast.Testing;
using Xunit.Abstractions;

namespace Podcast.Ingest.Api.Tests;

public sealed class When_snapshots_arrive(IngestHost host, ITestOutputHelper output) : IClassFixture<IngestHost>
{
    private readonly Guid id = Guid.NewGuid();

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    [InlineData(20261121)]
    public async Task snapshots_in_any_order_give_newest_state_and_whole_history(int? knownSeed)
    {
        var seed = knownSeed ?? Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var episodes = Enumerable.Range(0, 4).Select(_ => Guid.NewGuid()).ToArray();
        var versions = Enumerable.Range(1, 15).ToArray();
        var deliveries = episodes.SelectMany(episode => versions.SelectMany(version =>
            Enumerable.Repeat(Life(episode, version), random.Next(1, 4)))).ToArray();
        random.Shuffle(deliveries);

        await Parallel.ForEachAsync(deliveries, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (message, _) => await host.Deliver(message));

        foreach (var episode in episodes)
        {
            await Eventually.Holds(async () => (await History(episode)).Count == versions.Length, $"history of {episode} is whole, seed {seed}");
            var history = await History(episode);
            history.Select(h => h.Version).ShouldBe(versions, $"seed {seed}");
            history.Select(h => h.What).ShouldBe(versions.Select(v => $"change_{v}"), $"seed {seed}");

            var row = await Row(episode);
            row.Version.ShouldBe(15, $"seed {seed}");
            row.Status.ShouldBe("processed");
            row.AudioUrl.ShouldBe("https://you.ittybit.net/episodes/x/audio.mp3");
            row.Tasks.Select(task => (task.Type, task.Status)).ShouldBe(
                [(TaskKind.AudioExtraction, TaskState.Completed), (TaskKind.VideoTranscode, TaskState.Completed)], ignoreOrder: true);
        }

        host.Logged.ShouldNotContain(line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("R-FAULT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task episode_announced_by_another_service_gets_its_row()
    {
        await host.Deliver(Snapshot.Of(id, 1, "ann", tasks: Snapshot.Task(TaskKind.AudioExtraction, TaskState.Pending)));
        await Eventually.Holds(async () => (await History(id)).Count == 1, "it is there");

        var episode = await host.ClientOf("ann").Get($"/episodes/{id}");
        ((string)episode["status"]!).ShouldBe("processing");
        ((string)episode["tasks"]![0]!["status"]!).ShouldBe("pending");
        var row = await Row(id);
        row.OriginalFilename.ShouldBe("episode-042.mp4");
        row.FileSize.ShouldBe(2_147_483_648);
        row.IttybitFileId.ShouldBe("file_abc123");
    }

    [Fact]
    public async Task older_snapshot_adds_only_its_line_of_history()
    {
        await host.Deliver(Snapshot.Of(id, 2, "ann", EpisodeStatus.Held, "Too short"));
        await Eventually.Holds(async () => (await History(id)).Count == 1, "the newer one is there");
        await host.Deliver(Snapshot.Of(id, 1, "ann"));
        await Eventually.Holds(async () => (await History(id)).Count == 2, "the older one is there");

        var episode = await host.ClientOf("ann").Get($"/episodes/{id}");
        ((string)episode["status"]!).ShouldBe("held");
        ((string)episode["reason"]!).ShouldBe("Too short");
        var history = (await host.ClientOf("ann").Get($"/episodes/{id}/history"))["history"]!.AsArray();
        history.Select(line => (int)line!["version"]!).ShouldBe([1, 2]);
        history[1]!.ToJsonString().ShouldBe(
            """{"version":2,"at":"2026-01-15T14:32:12Z","what":"change_2","task":null,"by":"ittybit","why":"why 2"}""");
    }

    [Fact]
    public async Task snapshot_brings_the_history_of_versions_without_one()
    {
        var earlier = new[] { 2, 3 }.Select(version => Snapshot.Of(id, version, "ann").Change).ToList();

        await host.Deliver(Snapshot.Of(id, 4, "ann") with { Earlier = earlier });

        await Eventually.Holds(async () => (await History(id)).Count == 3, "the history is there");
        (await History(id)).Select(line => (line.Version, line.What)).ShouldBe([(2, "change_2"), (3, "change_3"), (4, "change_4")]);
    }

    [Fact]
    public async Task new_attempt_replaces_the_old_one_and_removed_tasks_vanish()
    {
        await host.Deliver(Snapshot.Of(id, 1, "ann", tasks:
        [
            Snapshot.Task(TaskKind.AudioExtraction, TaskState.Failed, $"a1-{id}", error: "codec"),
            Snapshot.Task(TaskKind.ChapterDetection, TaskState.Pending),
        ]));
        await Eventually.Holds(async () => (await History(id)).Count == 1, "the first is there");
        await host.Deliver(Snapshot.Of(id, 2, "ann", tasks:
            Snapshot.Task(TaskKind.AudioExtraction, TaskState.Processing, $"a2-{id}", percent: 5) with { Attempt = 2 }));
        await Eventually.Holds(async () => (await History(id)).Count == 2, "the second is there");

        var task = (await Row(id)).Tasks.ShouldHaveSingleItem();
        (task.IttybitTaskId, task.Attempt, task.ErrorMessage, task.Percent).ShouldBe(($"a2-{id}", 2, null, 5));
    }

    [Fact]
    public async Task newer_snapshot_waits_for_a_write_under_way_and_wins()
    {
        await host.Deliver(Snapshot.Of(id, 1, "ann"));
        await Eventually.Holds(async () => (await History(id)).Count == 1, "the first is there");
        Task? newer = null;

        host.Conflicts.During(id, () => newer = Task.Run(() => host.InDatabase(db => Consume(db, 3))));
        await host.InDatabase(older => Consume(older, 2));
        await newer!;
        await host.InDatabase(again => Consume(again, 2));

        (await Row(id)).Version.ShouldBe(3);
        (await History(id)).Select(h => h.Version).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task a_delivery_that_meets_conflicts_is_tried_again_until_it_fits()
    {
        host.Conflicts.Meet(id, times: 4);

        await host.Deliver(Snapshot.Of(id, 1, "ann"), new TranscriptCollected(id, 1, "Hello.", null, [], Snapshot.At(1)));

        await Eventually.Holds(async () => (await History(id)).Count == 1, "the snapshot is there");
        await Eventually.Holds(() => host.Published<TranscriptStored>().Any(t => t.EpisodeId == id), "the transcript is there");
        host.Conflicts.AreOver(id).ShouldBeTrue();
    }

    [Fact]
    public async Task snapshot_that_cannot_be_stored_keeps_out_no_other()
    {
        var others = Enumerable.Range(0, 20).Select(_ => Guid.NewGuid()).ToList();
        var consumed = new Consumed();
        var observing = host.Services.GetRequiredService<IBus>().ConnectConsumeMessageObserver(consumed);
        host.Conflicts.Meet(id, times: int.MaxValue);

        await host.Deliver([.. others[..10].Append(id).Concat(others[10..]).Select(episode => Snapshot.Of(episode, 1, "ann"))]);

        await Eventually.Holds(() => others.TrueForAll(consumed.Done.Contains), "the others are stored and consumed");
        consumed.Done.ShouldNotContain(id);
        host.Conflicts.Meet(id, times: 0);
        await Eventually.Holds(() => consumed.Done.Contains(id), "it was tried again");
        observing.Disconnect();
    }

    [Fact]
    public async Task versions_that_come_together_count_as_if_one_by_one()
    {
        var other = Guid.NewGuid();
        EpisodeChanged Of(Guid episode, int version) => Snapshot.Of(episode, version, "ann", tasks:
            Snapshot.Task(TaskKind.AudioExtraction, TaskState.Processing, $"a-{episode}-{version}", percent: version));

        await host.InDatabase(db => Consume(db, Of(id, 2), Of(other, 1), Of(id, 3), Of(id, 1), Of(id, 3)));

        (await History(id)).Select(h => h.Version).ShouldBe([1, 2, 3]);
        (await History(other)).Select(h => h.Version).ShouldBe([1]);
        (await Row(id)).Tasks.ShouldHaveSingleItem().Percent.ShouldBe(3);
        (await Row(other)).Tasks.ShouldHaveSingleItem().IttybitTaskId.ShouldBe($"a-{other}-1");
    }

    [Fact]
    public async Task ittybit_task_id_twice_in_a_batch_hides_nothing()
    {
        Guid[] episodes = [id, Guid.NewGuid()];

        await host.InDatabase(db => Consume(db, [.. episodes.Select(episode => Snapshot.Of(episode, 1, "ann", tasks:
            Snapshot.Task(TaskKind.AudioExtraction, TaskState.Processing, $"both-{id}")))]));

        (await Row(episodes[0])).Tasks.Concat((await Row(episodes[1])).Tasks).Select(task => task.IttybitTaskId)
            .ShouldBe([$"both-{id}", null], ignoreOrder: true);
    }

    [Fact]
    public async Task snapshot_without_a_file_keeps_what_is_known_of_it()
    {
        await host.InDatabase(db => Consume(db, 1));
        await host.InDatabase(db => Consume(db, Snapshot.Of(id, 2, "ann") with { Source = new EpisodeSource(null, null, null, null, null) }));

        var row = await Row(id);
        (row.Version, row.IttybitFileId, row.OriginalFilename, row.FileSize, row.DurationSeconds)
            .ShouldBe((2, "file_abc123", "episode-042.mp4", 2_147_483_648, 3600));
    }

    [Fact]
    public async Task another_owner_in_a_snapshot_does_not_get_the_episode()
    {
        await host.Deliver(Snapshot.Of(id, 1, "ann"));
        await Eventually.Holds(async () => (await History(id)).Count == 1, "ann's is there");
        await host.Deliver(Snapshot.Of(id, 2, "bob"));
        await Eventually.Holds(async () => (await History(id)).Count == 2, "bob's is there");

        (await Row(id)).UserId.ShouldBe("ann");
        (await host.ClientOf("bob").GetAsync(new Uri($"/episodes/{id}", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task ittybit_task_id_given_twice_hides_nothing_and_is_reported()
    {
        var other = Guid.NewGuid();
        await host.Deliver(Snapshot.Of(id, 1, "ann", tasks: Snapshot.Task(TaskKind.AudioExtraction, TaskState.Processing, $"twice-{id}")));
        await Eventually.Holds(async () => (await History(id)).Count == 1, "the first is there");
        await host.Deliver(Snapshot.Of(other, 1, "ann", tasks: Snapshot.Task(TaskKind.AudioExtraction, TaskState.Processing, $"twice-{id}")));
        await Eventually.Holds(async () => (await History(other)).Count == 1, "the second is there");

        (await Row(id)).Tasks.Single().IttybitTaskId.ShouldBe($"twice-{id}");
        (await Row(other)).Tasks.Single().IttybitTaskId.ShouldBeNull();
        host.Logged.ShouldContain(line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains($"twice-{id}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task unstorable_texts_and_times_are_kept_as_well_as_possible()
    {
        await host.Deliver(Snapshot.Of(id, 1, "ann", EpisodeStatus.Failed, "bad\0byte") with
        {
            Title = "nul\0title",
            CreatedAt = new DateTimeOffset(2026, 1, 1, 2, 0, 0, TimeSpan.FromHours(2)),
        });
        await Eventually.Holds(async () => (await History(id)).Count == 1, "it is there");

        var row = await Row(id);
        (row.Title, row.Reason, row.CreatedAt).ShouldBe(("nultitle", "badbyte", new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)));
    }

    private sealed class Consumed : IConsumeMessageObserver<EpisodeChanged>
    {
        public ConcurrentBag<Guid> Done { get; } = [];

        public Task PreConsume(ConsumeContext<EpisodeChanged> context) => Task.CompletedTask;

        public Task PostConsume(ConsumeContext<EpisodeChanged> context)
        {
            Done.Add(context.Message.EpisodeId);
            return Task.CompletedTask;
        }

        public Task ConsumeFault(ConsumeContext<EpisodeChanged> context, Exception exception) => Task.CompletedTask;
    }

    /// <summary>Two tasks from asked-for to done, a version at a time.</summary>
    private static EpisodeChanged Life(Guid episode, int version)
    {
        var state = version switch { < 4 => TaskState.Pending, < 12 => TaskState.Processing, _ => TaskState.Completed };
        return Snapshot.Of(
            episode,
            version,
            "ann",
            version < 15 ? EpisodeStatus.Processing : EpisodeStatus.Processed,
            null,
            Snapshot.Task(TaskKind.AudioExtraction, state, $"a-{episode}", state == TaskState.Completed ? Snapshot.Output("audio.mp3") : null),
            Snapshot.Task(TaskKind.VideoTranscode, state, $"v-{episode}", state == TaskState.Completed ? Snapshot.Output("video.mp4") : null));
    }

    private Task Consume(IngestDb db, int version) => Consume(db, Snapshot.Of(id, version, "ann"));

    private Task Consume(IngestDb db, params EpisodeChanged[] snapshots)
    {
        var batch = Substitute.For<Batch<EpisodeChanged>>();
        batch.GetEnumerator().Returns(_ => snapshots.Select(snapshot =>
        {
            var message = Substitute.For<ConsumeContext<EpisodeChanged>>();
            message.Message.Returns(snapshot);
            return message;
        }).ToList().GetEnumerator());
        var context = Substitute.For<ConsumeContext<Batch<EpisodeChanged>>>();
        context.Message.Returns(batch);
        return new EpisodeChangedConsumer(
            db, Options.Create(new ReadModelOptions()), host.Clock, host.Services.GetRequiredService<IngestTelemetry>(),
            NullLogger<EpisodeChangedConsumer>.Instance).Consume(context);
    }

    private Task<List<HistoryEntry>> History(Guid episode) =>
        host.FromDatabase(db => db.History.Where(h => h.EpisodeId == episode).OrderBy(h => h.Version).ToListAsync());

    private Task<Episode> Row(Guid episode) =>
        host.FromDatabase(db => db.Episodes.Include(e => e.Tasks).SingleAsync(e => e.Id == episode));
}
