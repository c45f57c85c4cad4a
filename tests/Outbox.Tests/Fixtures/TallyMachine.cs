using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Podcast.Outbox.Tests.Fixtures;

public sealed record Tick(Guid Id, bool Publishes = false);

/// <summary>Inserts its instance ahead of the event.</summary>
public sealed record Opening(Guid Id);

/// <summary>For all of a group.</summary>
public sealed record TickTogether(string Group);

/// <summary>Looks, and must change nothing.</summary>
public sealed record Peek(Guid Id);

/// <summary>Waits until the test lets it go on.</summary>
public sealed record Pause(Guid Id);

/// <summary>Fails, after it has counted and published.</summary>
public sealed record Spoil(Guid Id);

/// <summary>Publishes the sum at the end of the batch.</summary>
public sealed record Sum(Guid Id);

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
        Event(() => Pause, e => e.CorrelateById(m => m.Message.Id));
        Event(() => Spoil, e => e.CorrelateById(m => m.Message.Id));
        Event(() => Sum, e => e.CorrelateById(m => m.Message.Id));
        InstanceState(tally => tally.State);

        Initially(
            When(Tick).Then(Count).TransitionTo(Counting),
            When(Opening).Then(Count).TransitionTo(Counting),
            When(Pause).ThenAsync(x => x.GetPayload<IServiceProvider>().GetRequiredService<Gate>().Pass()).TransitionTo(Counting),
            When(Sum).Then(Count).TransitionTo(Counting).ThenAsync(Announce));
        During(Counting,
            When(Tick)
                .Then(Count)
                .If(x => x.Message.Publishes, publishing => publishing.Publish(x => new Ordered(x.Saga.CorrelationId, x.Saga.Count))),
            When(Opening).Then(Count),
            When(Sum).Then(Count).ThenAsync(Announce),
            When(Spoil).Then(Count).Publish(x => new Ordered(x.Saga.CorrelationId, -1)).Then(_ => throw new InvalidOperationException("as asked")),
            When(TickTogether).Then(Count),
            When(Peek).Then(Count).Publish(x => new Ordered(x.Saga.CorrelationId, x.Saga.Count)));
    }

    public State Counting { get; private set; } = null!;
    public Event<Tick> Tick { get; private set; } = null!;
    public Event<Opening> Opening { get; private set; } = null!;
    public Event<TickTogether> TickTogether { get; private set; } = null!;
    public Event<Peek> Peek { get; private set; } = null!;
    public Event<Pause> Pause { get; private set; } = null!;
    public Event<Spoil> Spoil { get; private set; } = null!;
    public Event<Sum> Sum { get; private set; } = null!;

    private static void Count<T>(BehaviorContext<Tally, T> context)
        where T : class =>
        context.Saga.Count++;

    private static Task Announce(BehaviorContext<Tally> x) =>
        x.AtEndOfBatch(x.Saga.CorrelationId, () => x.Publish(new Ordered(x.Saga.CorrelationId, x.Saga.Count)));
}

/// <summary>Where <see cref="Pause"/> waits.</summary>
internal sealed class Gate
{
    private readonly TaskCompletionSource reached = new(), open = new();

    public Task Reached => reached.Task;

    public void Open() => open.SetResult();

    public Task Pass()
    {
        reached.TrySetResult();
        return open.Task;
    }
}
