using MassTransit;
using Podcast.Testing;

namespace Podcast.Outbox.Tests.Fixtures;

/// <summary>What arrived, without an inbox: a second delivery counts.</summary>
internal sealed class Mailbox
{
    private readonly Lock gate = new();
    private readonly List<ConsumeContext> letters = [];

    public IReadOnlyList<ConsumeContext<T>> All<T>()
        where T : class
    {
        lock (gate) return [.. letters.OfType<ConsumeContext<T>>()];
    }

    public IReadOnlyList<T> Of<T>(Func<T, bool> that)
        where T : class => [.. All<T>().Select(letter => letter.Message).Where(that)];

    /// <summary>Waits until <paramref name="count"/> have come.</summary>
    public async Task<IReadOnlyList<T>> Gets<T>(Func<T, bool> that, int count = 1)
        where T : class
    {
        await Eventually.Holds(() => Of(that).Count >= count, $"{count} of {typeof(T).Name} (there are {Of(that).Count})");
        return Of(that);
    }

    public void Put(ConsumeContext letter)
    {
        lock (gate) letters.Add(letter);
    }
}

internal sealed class Recorder(Mailbox mailbox) : IConsumer<Ordered>, IConsumer<Fault<Order>>, IConsumer<Fault<Tick>>
{
    public Task Consume(ConsumeContext<Ordered> context) => Put(context);

    public Task Consume(ConsumeContext<Fault<Order>> context) => Put(context);

    public Task Consume(ConsumeContext<Fault<Tick>> context) => Put(context);

    private Task Put(ConsumeContext context)
    {
        mailbox.Put(context);
        return Task.CompletedTask;
    }
}
