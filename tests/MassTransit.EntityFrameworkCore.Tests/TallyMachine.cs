using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Podcast.Compat.Tests;

internal sealed class TallyMachine : MassTransitStateMachine<Tally>
{
    public TallyMachine()
    {
        Event(() => Started, e => e.CorrelateById(m => m.Message.Id));
        Event(() => Opened, e =>
        {
            e.CorrelateById(m => m.Message.Id);
            e.InsertOnInitial = true;
            e.SetSagaFactory(m => new Tally { CorrelationId = m.Message.Id, Group = "opened" });
        });
        Event(() => Counted, e => e.CorrelateById(m => m.Message.Id));
        Event(() => CountedTogether, e => e.CorrelateBy((tally, m) => tally.Group == m.Message.Group));
        Event(() => Filed, e => e.CorrelateById(m => m.Message.Id));
        Event(() => Ended, e => e.CorrelateById(m => m.Message.Id));
        InstanceState(tally => tally.State);

        Initially(
            When(Started).Then(x => x.Saga.Group = x.Message.Group).ThenAsync(Count).TransitionTo(Counting),
            When(Opened).ThenAsync(Count).TransitionTo(Counting));

        During(Counting,
            When(Started).ThenAsync(Count),
            When(Opened).ThenAsync(Count),
            When(Counted).ThenAsync(Count).If(x => x.Message.Note is not null, noted => noted.Then(x => x.Saga.Notes.Add(x.Message.Note!))),
            When(CountedTogether).ThenAsync(Count),
            When(Filed).ThenAsync(File),
            When(Ended).Finalize());

        SetCompletedWhenFinalized();
    }

    public State Counting { get; private set; } = null!;
    public Event<Started> Started { get; private set; } = null!;
    public Event<Opened> Opened { get; private set; } = null!;
    public Event<Counted> Counted { get; private set; } = null!;
    public Event<CountedTogether> CountedTogether { get; private set; } = null!;
    public Event<Filed> Filed { get; private set; } = null!;
    public Event<Ended> Ended { get; private set; } = null!;

    private static async Task Count<T>(BehaviorContext<Tally, T> context)
        where T : class
    {
        var next = context.Saga.Count + 1;
        await Services(context).GetRequiredService<Meeting>().Join(context.Saga.CorrelationId);
        context.Saga.Count = next;
        context.Saga.Version++;
    }

    private static Task File(BehaviorContext<Tally, Filed> context)
    {
        Services(context).GetRequiredService<TallyContext>().Receipts.Add(new Receipt { Tally = context.Saga.CorrelationId });
        context.Saga.Count += 100;
        return context.Message.Fail ? throw new InvalidOperationException("as asked") : Task.CompletedTask;
    }

    private static IServiceProvider Services(PipeContext context) => context.GetPayload<IServiceProvider>();
}

/// <summary>Holds the first handlers until so many are there, so that a test knows that they overlapped.</summary>
internal sealed class Meeting(int size)
{
    private readonly TaskCompletionSource full = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock gate = new();
    private readonly List<Guid> seen = [];

    /// <summary>Every handling, in order.</summary>
    public IReadOnlyList<Guid> Seen
    {
        get { lock (gate) return [.. seen]; }
    }

    public async Task Join(Guid id)
    {
        lock (gate)
        {
            seen.Add(id);
            if (seen.Count >= size)
                full.TrySetResult();
        }

        await full.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await Task.Yield();
    }
}
