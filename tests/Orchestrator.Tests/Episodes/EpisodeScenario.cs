using MassTransit;
using MassTransit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Podcast.Contracts;
using Podcast.Orchestrator.Episodes;
using Podcast.Orchestrator.Ledger;
using Podcast.Testing;

namespace Podcast.Orchestrator.Tests.Episodes;

/// <summary>One episode and its saga, in the words of the business. Waits for each message to be consumed, never for quiet.</summary>
internal sealed class EpisodeScenario : IAsyncDisposable
{
    private readonly ServiceProvider provider;
    private readonly ITestHarness harness;
    private readonly ISagaStateMachineTestHarness<EpisodeStateMachine, EpisodeState> saga;

    private int checks;

    private EpisodeScenario(OrchestratorOptions options)
    {
        provider = new ServiceCollection()
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton(Options.Create(options))
            .AddMassTransitTestHarness(bus =>
            {
                bus.SetTestTimeouts(testInactivityTimeout: TimeSpan.FromSeconds(30)); // only a message that is never consumed waits for it
                bus.AddSagaStateMachine<EpisodeStateMachine, EpisodeState>((context, saga) => saga.UseCurrentEvent(context))
                    .InMemoryRepository();
            })
            .BuildServiceProvider(true);
        harness = provider.GetRequiredService<ITestHarness>();
        saga = harness.GetSagaStateMachineHarness<EpisodeStateMachine, EpisodeState>();
    }

    public Guid Id { get; } = NewId.NextGuid();

    /// <summary>Whether outputs are looked at and found good without a word; else a test says what is found.</summary>
    public bool OutputsAreFine { get; set; } = true;

    public ManualClock Clock { get; } = new();

    public EpisodeState State => saga.Sagas.Contains(Id);

    public static async Task<EpisodeScenario> Start(OrchestratorOptions? options = null)
    {
        var scenario = new EpisodeScenario(options ?? new OrchestratorOptions());
        await scenario.harness.Start();
        return scenario;
    }

    public static async Task<EpisodeScenario> Uploaded(params TaskKind[] tasks)
    {
        var scenario = await Start();
        await scenario.Upload(tasks);
        return scenario;
    }

    public Task Upload(params TaskKind[] tasks) => Upload(tasks.Select(kind => new PlannedTask(kind)).ToArray());

    public Task Upload(params PlannedTask[] tasks) => Hears(new EpisodeUploaded(
        Id, "alice", "How to Build APIs", new EpisodeSource("file_raw", null), null, tasks.Length == 0 ? null : tasks));

    public Task Starts(TaskKind task, int attempt = 1) =>
        Hears(new TaskStarted(Id, task, attempt, TaskId(task, attempt), Clock.GetUtcNow()));

    public Task Progresses(TaskKind task, int percent, int attempt = 1) =>
        Hears(new TaskProgressed(Id, task, attempt, TaskId(task, attempt), "processing", percent, Clock.GetUtcNow()));

    public Task Completes(TaskKind task, int attempt = 1) => Hears(new TaskCompleted(
        Id, task, attempt, TaskId(task, attempt), new TaskOutput($"file_{task}_{attempt}", new Uri("https://you.ittybit.net/x")),
        Clock.GetUtcNow()));

    public Task Fails(TaskKind task, string reason = "codec", bool transient = false, int attempt = 1) =>
        Hears(new TaskFailed(Id, task, attempt, TaskId(task, attempt), reason, transient, Clock.GetUtcNow()));

    public Task IsLost(TaskKind task, int attempt = 1) => Hears(new TaskFailed(
        Id, task, attempt, TaskId(task, attempt), $"Ittybit no longer knows task {TaskId(task, attempt)}.", Transient: true,
        Clock.GetUtcNow(), Lost: true));

    public Task IsRefused(TaskKind task, bool transient = true, int attempt = 1) =>
        Hears(new TaskFailed(Id, task, attempt, null, "503", transient, Clock.GetUtcNow()));

    public Task TranscriptIsStored(int round = 1) => Hears(new TranscriptStored(Id, round, 1200, 59.5, Clock.GetUtcNow()));

    public Task TranscriptIsRejected(bool transient, int round = 1) =>
        Hears(new TranscriptRejected(Id, round, "the transcript is empty", transient, Clock.GetUtcNow()));

    public Task IsRetried(bool now = false, params TaskKind[] tasks) => Hears(new RetryEpisode(Id, tasks, now, "bob", "trying again"));

    public Task IsCancelled() => Hears(new CancelEpisode(Id, "bob"));

    public Task IsResumed() => Hears(new ResumeEpisode(Id, "bob", "good enough"));

    /// <summary>Moves the clock to what the episode waits for, and says so, as the sweep would.</summary>
    public Task ItsMomentComes()
    {
        var due = State.DueAt ?? throw new InvalidOperationException("The episode waits for nothing.");
        if (due > Clock.GetUtcNow())
            Clock.Advance(due - Clock.GetUtcNow());
        return Hears(new EpisodeDue(Id, due));
    }

    /// <summary>Publishes and waits until the saga has consumed it.</summary>
    public async Task Hears<T>(T message)
        where T : class
    {
        var messageId = NewId.NextGuid();
        await harness.Bus.Publish(message, x => x.MessageId = messageId);
        (await saga.Consumed.Any<T>(x => x.Context.MessageId == messageId)).ShouldBeTrue($"{typeof(T).Name} was never consumed");

        if (OutputsAreFine && Published<CheckOutputs>().Skip(checks).FirstOrDefault() is { } check)
        {
            checks++;
            await OutputsAreChecked(check.Round);
        }
    }

    public Task OutputsAreChecked(int round = 1, params OutputObjection[] objections) =>
        Hears(new OutputsChecked(Id, round, objections, Clock.GetUtcNow()));

    public Task OutputsAreDelayed(int round) => Hears(new OutputCheckDelayed(Id, round, "503", Clock.GetUtcNow()));

    /// <summary>Publishes what no saga takes, and waits until the bus has let it go.</summary>
    public async Task HearsInVain<T>(T message)
        where T : class
    {
        var messageId = NewId.NextGuid();
        await harness.Bus.Publish(message, x => x.MessageId = messageId);
        (await harness.Consumed.Any<T>(x => x.Context.MessageId == messageId)).ShouldBeTrue($"{typeof(T).Name} was never consumed");
    }

    public IReadOnlyList<object> PublishedFaults() => PublishedBySaga().Where(message => message is Fault).ToList();

    public IReadOnlyList<T> Published<T>()
        where T : class =>
        harness.Published.Select<T>(new CancellationToken(canceled: true)).Select(x => x.Context.Message).ToList();

    public IReadOnlyList<object> PublishedBySaga() =>
        harness.Published.Select(_ => true, new CancellationToken(canceled: true)).Select(x => x.MessageObject).ToList();

    public void ShouldBe(string state) => State.CurrentState.ShouldBe(state);

    public TaskEntry Task(TaskKind kind) => State.Tasks[kind]!;

    public static string TaskId(TaskKind task, int attempt) => $"task_{task}_{attempt}";

    public async ValueTask DisposeAsync() => await provider.DisposeAsync();
}
