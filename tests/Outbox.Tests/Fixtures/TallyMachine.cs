using MassTransit;

namespace Podcast.Outbox.Tests.Fixtures;

public sealed record Tick(Guid Id, bool Publishes = false);

/// <summary>Inserts its instance ahead of the event.</summary>
public sealed record Opening(Guid Id);

/// <summary>For all of a group.</summary>
public sealed record TickTogether(string Group);

/// <summary>Looks, and must change nothing.</summary>
public sealed record Peek(Guid Id);

internal sealed class TallyMachine : MassTransitStateMachine<Tally>
{
    public TallyMachine()
    {
        Event(() => Tick, e => e.CorrelateById(m => m.Message.Id));
        Event(() => Opening, e =>
        {
            e.CorrelateById(m => m.Message.Id);
            e.InsertOnInitial = true;
            e.SetSagaFactory(m => new Tally { CorrelationId = m.Message.Id });
        });
        Event(() => TickTogether, e => e.CorrelateBy((tally, m) => tally.Group == m.Message.Group));
        Event(() => Peek, e =>
        {
            e.CorrelateById(m => m.Message.Id);
            e.ReadOnly = true;
        });
        InstanceState(tally => tally.State);

        Initially(
            When(Tick).Then(Count).TransitionTo(Counting),
            When(Opening).Then(Count).TransitionTo(Counting));
        During(Counting,
            When(Tick)
                .Then(Count)
                .If(x => x.Message.Publishes, publishing => publishing.Publish(x => new Ordered(x.Saga.CorrelationId, x.Saga.Count))),
            When(Opening).Then(Count),
            When(TickTogether).Then(Count),
            When(Peek).Then(Count).Publish(x => new Ordered(x.Saga.CorrelationId, x.Saga.Count)));
    }

    public State Counting { get; private set; } = null!;
    public Event<Tick> Tick { get; private set; } = null!;
    public Event<Opening> Opening { get; private set; } = null!;
    public Event<TickTogether> TickTogether { get; private set; } = null!;
    public Event<Peek> Peek { get; private set; } = null!;

    private static void Count<T>(BehaviorContext<Tally, T> context)
        where T : class =>
        context.Saga.Count++;
}
