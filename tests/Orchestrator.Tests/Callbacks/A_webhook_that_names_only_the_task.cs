using MassTransit;
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

    private TaskStarted Started(string id) => new(episodeId, TaskKind.VideoTranscode, 2, id, clock.GetUtcNow());

    private TaskReported Completed(string id) =>
        new(id, TaskOutcome.Succeeded, "completed", 100, new TaskOutput("file_1", null), null, false, clock.GetUtcNow());
}
