using MassTransit;
using Npgsql;
using Podcast.Contracts;
using Podcast.Testing;

namespace Podcast.Orchestrator.Tests.Callbacks;

public sealed class A_webhook_that_names_only_the_task : IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly ManualClock clock = new();
    private readonly Guid episodeId = NewId.NextGuid();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task finds_its_episode()
    {
        await using var orchestrator = await Upload();
        await orchestrator.Hears(Started("task_1"));

        await orchestrator.Hears(Completed("task_1"));

        await orchestrator.Recorder.Sees<TaskCompleted>(x => x.EpisodeId == episodeId
            && x.Attempt == 2 && x.Output.FileId == "file_1");
    }

    [Fact]
    public async Task finds_its_episode_by_any_task_of_the_message()
    {
        await using var orchestrator = await Upload();
        await orchestrator.Hears(Completed("task_3"));
        await orchestrator.Hears(Started("task_1") with
        {
            Others = [new StartedTask(TaskKind.AudioExtraction, 1, "task_2"), new StartedTask(TaskKind.TranscriptGeneration, 1, "task_3")],
        });

        await orchestrator.Hears(Completed("task_2"));

        await orchestrator.Recorder.Sees<TaskCompleted>(x => x.Task == TaskKind.AudioExtraction && x.EpisodeId == episodeId);
        await orchestrator.Recorder.Sees<TaskCompleted>(x => x.Task == TaskKind.TranscriptGeneration && x.EpisodeId == episodeId);
    }

    [Fact]
    public async Task waits_when_it_is_faster_than_we_are()
    {
        await using var orchestrator = await Upload();
        await orchestrator.Hears(Completed("task_1"));
        orchestrator.Recorder.Published<TaskCompleted>().ShouldBeEmpty();

        await orchestrator.Hears(Started("task_1"));

        await orchestrator.Recorder.Sees<TaskCompleted>(x => x.EpisodeId == episodeId);
    }

    [Fact]
    public async Task finds_it_too_when_both_come_at_once()
    {
        await using var orchestrator = await Upload();
        var tasks = Enumerable.Range(0, 50).Select(i => $"task_{i}").ToList();

        await Task.WhenAll(tasks.SelectMany(id => new[] { orchestrator.Hears(Started(id)), orchestrator.Hears(Completed(id)) }));

        foreach (var id in tasks)
            await orchestrator.Recorder.Sees<TaskCompleted>(x => x.IttybitTaskId == id);
    }

    [Theory]
    [InlineData(TaskOutcome.Succeeded)]
    [InlineData(TaskOutcome.Failed)]
    public async Task webhook_is_not_lost_when_its_task_becomes_known_meanwhile(TaskOutcome outcome)
    {
        await using var scene = await RowInUse.Start(directory, clock, Uploaded(), Reported("task_1", TaskOutcome.InProgress));

        await scene.AtOnce(Started("task_1"), Reported("task_1", outcome));

        if (outcome == TaskOutcome.Succeeded)
            await scene.Orchestrator.Recorder.Sees<TaskCompleted>(x => x.EpisodeId == episodeId);
        else
            await scene.Orchestrator.Recorder.Sees<TaskFailed>(x => x.EpisodeId == episodeId);
        await scene.Orchestrator.Recorder.Sees<TaskProgressed>(x => x.EpisodeId == episodeId);
    }

    [Fact]
    public async Task webhook_is_not_lost_when_another_comes_at_the_same_time()
    {
        await using var scene = await RowInUse.Start(directory, clock, Uploaded(), Reported("task_1", TaskOutcome.InProgress));

        await scene.AtOnce(Reported("task_1", TaskOutcome.Succeeded), Reported("task_1", TaskOutcome.Failed));
        await scene.Orchestrator.Hears(Started("task_1"));

        await scene.Orchestrator.Recorder.Sees<TaskCompleted>(x => x.EpisodeId == episodeId);
        await scene.Orchestrator.Recorder.Sees<TaskFailed>(x => x.EpisodeId == episodeId);
        await scene.Orchestrator.Recorder.Sees<TaskProgressed>(x => x.EpisodeId == episodeId);
    }

    private async Task<OrchestratorHost> Upload()
    {
        var orchestrator = await OrchestratorHost.Start(directory, clock);
        await orchestrator.Hears(Uploaded());
        return orchestrator;
    }

    private EpisodeUploaded Uploaded() =>
        new(episodeId, "alice", "How to Build APIs", new EpisodeSource("file_raw", null), null, [new PlannedTask(TaskKind.VideoTranscode)]);

    private TaskStarted Started(string id) => new(episodeId, TaskKind.VideoTranscode, 2, id, clock.GetUtcNow());

    private TaskReported Completed(string id) => Reported(id, TaskOutcome.Succeeded);

    private TaskReported Reported(string id, TaskOutcome outcome) =>
        new(id, outcome, "word", 50, new TaskOutput("file_1", null), null, false, clock.GetUtcNow());

    /// <summary>
    /// An orchestrator on PostgreSQL that has a row of the task already. The test locks that row until both messages wait for it, so that
    /// both are handled at once.
    /// </summary>
    private sealed class RowInUse(PostgresDatabase database, OrchestratorHost orchestrator) : IAsyncDisposable
    {
        public OrchestratorHost Orchestrator => orchestrator;

        public static async Task<RowInUse> Start(TemporaryDirectory directory, ManualClock clock, EpisodeUploaded upload, TaskReported known)
        {
            var database = await PostgresServer.CreateDatabase();
            var scene = new RowInUse(database, await OrchestratorHost.Start(directory, clock, database.ConnectionString));
            await scene.Orchestrator.Hears(upload);
            await scene.Orchestrator.Hears(known);
            return scene;
        }

        public async Task AtOnce<T1, T2>(T1 one, T2 two)
            where T1 : class
            where T2 : class
        {
            await using var holder = new NpgsqlConnection(database.ConnectionString);
            await using var observer = new NpgsqlConnection(database.ConnectionString);
            await holder.OpenAsync();
            await observer.OpenAsync();
            await using var transaction = await holder.BeginTransactionAsync();
            await using var hold = new NpgsqlCommand("SELECT 1 FROM orchestrator.ittybit_tasks FOR UPDATE", holder, transaction);
            await using var count = new NpgsqlCommand(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'", observer);
            await hold.ExecuteNonQueryAsync();

            var heard = Task.WhenAll(orchestrator.Hears(one), orchestrator.Hears(two));
            await Eventually.Holds(async () => (long)(await count.ExecuteScalarAsync())! == 2, "both wait for the row");
            await transaction.CommitAsync();
            await heard;
        }

        public async ValueTask DisposeAsync()
        {
            await orchestrator.DisposeAsync();
            await database.DisposeAsync();
        }
    }
}
