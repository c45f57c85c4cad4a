using System.Text.Json;
using Podcast.Contracts;
using Podcast.FaultRunner.Clients;
using Podcast.FaultRunner.Evidence;
using Podcast.FaultRunner.Invariants;
using Podcast.FaultRunner.Listening;
using Podcast.Orchestrator.Ledger;

namespace Podcast.FaultRunner.Tests.Checking;

/// <summary>The evidence of a run with one episode of one task, in which all is well; tests change one thing.</summary>
internal static class OneEpisode
{
    public const string Title = "the episode";
    public const string TaskId = "task_1";

    public static readonly Guid Id = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e");
    public static readonly Guid WebhookId = Guid.Parse("11111111-0000-0000-0000-000000000001");

    public static RunEvidence Well() => new()
    {
        Orders = [Order()],
        Sagas = [Saga()],
        ReadModel = [new ReadModelFact(Id, Title, "processed", 3)],
        History = [new(Id, 1, "uploaded", null), new(Id, 2, "task_started", "audio_extraction"), new(Id, 3, "task_completed", "audio_extraction")],
        Messages =
        [
            Message("episode-uploaded"), Message("task-started", TaskId), Message("task-completed", TaskId), Message("episode-processed"),
        ],
        Snapshots =
        [
            Snapshot(1, EpisodeStatus.Processing, TaskState.Pending), Snapshot(2, EpisodeStatus.Processing, TaskState.Processing),
            Snapshot(3, EpisodeStatus.Processed, TaskState.Completed),
        ],
        ProviderTasks = [Task(TaskId)],
        Webhooks = [new ProviderWebhook(TaskId, "Completed", IsGenuine: true, "delivered", 200, WebhookId)],
        Inbox = new HashSet<Guid> { WebhookId },
        Calls = [1_000, 1_500, 2_600],
        Rate = 2,
    };

    public static Order Order(bool isAcknowledged = true) => new()
    {
        Number = 0,
        Title = Title,
        Door = OrderChannel.Bus,
        EpisodeId = Id,
        Tries = 1,
        IsAcknowledged = isAcknowledged,
        Status = "processed",
    };

    public static SagaFact Saga(string state = "Processed", int version = 3, TaskEntry? entry = null) =>
        new(Id, Title, state, version, new TaskLedger { Entries = [entry ?? Entry()] });

    public static TaskEntry Entry(int attempt = 1, string? taskId = TaskId, TaskState state = TaskState.Completed, params PastAttempt[] past) =>
        Entry(TaskKind.AudioExtraction, taskId, null, attempt, state, past);

    public static TaskEntry Entry(
        TaskKind kind, string? taskId, TaskOutput? output, int attempt = 1, TaskState state = TaskState.Completed, params PastAttempt[] past) =>
        JsonSerializer.SerializeToNode(new { kind, attempt, IttybitTaskId = taskId, state, output, past }, JsonSerializerOptions.Web)
            .Deserialize<TaskEntry>(JsonSerializerOptions.Web)!;

    public static ProviderTask Task(string id, int attempt = 1, bool isLost = false) =>
        new(id, "audio", $"podcast_audio-{Id:N}-{attempt}", "Completed", isLost);

    public static Heard Message(string exchange, string? taskId = null) =>
        new(Guid.NewGuid(), $"podcast.{exchange}", Id, taskId is null ? null : TaskKind.AudioExtraction, taskId is null ? null : 1, taskId);

    public static HeardSnapshot Snapshot(int version, EpisodeStatus status, TaskState state, int attempt = 1, string what = "anything")
    {
        var now = DateTimeOffset.UnixEpoch;
        var task = new TaskSnapshot(TaskKind.AudioExtraction, state, true, attempt, TaskId, null, null, null, now, null, null, null, null);
        return new HeardSnapshot(Guid.NewGuid(), new EpisodeChanged(
            Id, version, "alice", Title, null, new EpisodeSource("file_1", null), EpisodePriority.Normal, status, null, null, [task], now, now, null,
            null, null, new EpisodeChange(now, what, null, "ittybit", null)), "");
    }

    /// <summary>The only invariant that does not hold, and what it says.</summary>
    public static (string Name, string Violation) OnlyFinding(this RunEvidence run)
    {
        var broken = Checker.Check(run).Where(verdict => !verdict.Holds).ToList();
        broken.Count.ShouldBe(1, string.Join('\n', broken.SelectMany(verdict => verdict.Violations.Select(violation => $"{verdict.Name} {violation}"))));
        return (broken[0].Name, broken[0].Violations.ShouldHaveSingleItem());
    }

    /// <summary>Only this invariant does not hold, and it says why.</summary>
    public static void Found(RunEvidence run, string invariant, string words)
    {
        var (name, violation) = run.OnlyFinding();

        name.ShouldBe(invariant);
        violation.ShouldContain(words);
    }
}
