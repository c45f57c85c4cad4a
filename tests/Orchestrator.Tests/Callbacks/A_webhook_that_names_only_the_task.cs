using MassTransit;
using Microsoft.EntityFrameworkCore;
using Podcast.Contracts;
using Podcast.Orchestrator.Callbacks;
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
        await using var orchestrator = await OrchestratorHost.Start(directory, clock);
        await orchestrator.Hears(Started("task_1"));

        await orchestrator.Hears(Completed("task_1"));

        await orchestrator.Recorder.Sees<TaskCompleted>(x => x.EpisodeId == episodeId
            && x.Attempt == 2 && x.Output.FileId == "file_1");
    }

    [Fact]
    public async Task waits_when_it_is_faster_than_we_are()
    {
        await using var orchestrator = await OrchestratorHost.Start(directory, clock);
        await orchestrator.Hears(Completed("task_1"));
        orchestrator.Recorder.Published<TaskCompleted>().ShouldBeEmpty();

        await orchestrator.Hears(Started("task_1"));

        await orchestrator.Recorder.Sees<TaskCompleted>(x => x.EpisodeId == episodeId);
    }

    [Fact]
    public async Task finds_it_too_when_both_come_at_once()
    {
        await using var orchestrator = await OrchestratorHost.Start(directory, clock);
        var tasks = Enumerable.Range(0, 50).Select(i => $"task_{i}").ToList();

        await Task.WhenAll(tasks.SelectMany(id => new[] { orchestrator.Hears(Started(id)), orchestrator.Hears(Completed(id)) }));

        foreach (var id in tasks)
            await orchestrator.Recorder.Sees<TaskCompleted>(x => x.IttybitTaskId == id);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task report_is_not_lost_to_a_start_at_the_same_time(bool isPostgres)
    {
        await using var database = isPostgres ? await PostgresServer.CreateDatabase() : null;
        await using var orchestrator = await OrchestratorHost.Start(directory, clock, database?.ConnectionString);
        var tasks = Enumerable.Range(0, 60).Select(i => $"task_{i}").ToList();
        await Task.WhenAll(tasks.Select(id => orchestrator.Hears(Progress(id)))); // the row exists

        await Task.WhenAll(tasks.SelectMany(id => new[] { orchestrator.Hears(Completed(id)), orchestrator.Hears(Started(id)) }));

        foreach (var id in tasks)
            await orchestrator.Recorder.Sees<TaskCompleted>(x => x.IttybitTaskId == id);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task two_reports_at_the_same_time_are_both_kept(bool isPostgres)
    {
        await using var database = isPostgres ? await PostgresServer.CreateDatabase() : null;
        await using var orchestrator = await OrchestratorHost.Start(directory, clock, database?.ConnectionString);
        var tasks = Enumerable.Range(0, 60).Select(i => $"task_{i}").ToList();
        await Task.WhenAll(tasks.Select(id => orchestrator.Hears(Failed(id))));

        await Task.WhenAll(tasks.SelectMany(id => new[] { orchestrator.Hears(Completed(id)), orchestrator.Hears(Progress(id)) }));

        var kept = await orchestrator.Reads(db => db.IttybitTasks.AsNoTracking().ToListAsync());
        kept.ShouldAllBe(task => task.Parked.Count == 3);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task id_is_forgotten_when_its_time_is_over(bool isPostgres)
    {
        await using var database = isPostgres ? await PostgresServer.CreateDatabase() : null;
        await using var orchestrator = await OrchestratorHost.Start(directory, clock, database?.ConnectionString);
        await orchestrator.Hears(Started("task_old"));
        await orchestrator.Hears(Started("task_new"));
        await AgesBy(orchestrator, "task_old", TimeSpan.FromDays(29));
        await orchestrator.Service<IttybitTasksCleanup>().Clean(CancellationToken.None);
        (await orchestrator.Reads(db => db.IttybitTasks.CountAsync())).ShouldBe(2);

        await AgesBy(orchestrator, "task_old", TimeSpan.FromDays(31));
        await orchestrator.Service<IttybitTasksCleanup>().Clean(CancellationToken.None);

        (await orchestrator.Reads(db => db.IttybitTasks.SingleAsync())).IttybitTaskId.ShouldBe("task_new");
    }

    // Moving the clock by days would run every timer of the host for each second of them.
    private Task<int> AgesBy(OrchestratorHost orchestrator, string id, TimeSpan age) => orchestrator.Reads(db => db.IttybitTasks
        .Where(task => task.IttybitTaskId == id)
        .ExecuteUpdateAsync(set => set.SetProperty(task => task.CreatedAt, clock.GetUtcNow() - age)));

    private TaskReported Progress(string id) => new(id, TaskOutcome.InProgress, "processing", 20, null, null, false, clock.GetUtcNow());

    private TaskReported Failed(string id) => new(id, TaskOutcome.Failed, "failed", null, null, "codec", true, clock.GetUtcNow());

    private TaskStarted Started(string id) => new(episodeId, TaskKind.VideoTranscode, 2, id, clock.GetUtcNow());

    private TaskReported Completed(string id) =>
        new(id, TaskOutcome.Succeeded, "completed", 100, new TaskOutput("file_1", null), null, false, clock.GetUtcNow());
}
