namespace Podcast.Outbox;

/// <summary>A message whose transaction is that of a batch.</summary>
internal interface IBatchedMessage
{
    (Guid MessageId, Guid ConsumerId) Key { get; }

    List<OutboxMessage> Messages { get; }

    /// <summary>Set when the batch is committed; null for a duplicate.</summary>
    Consumed? Consumed { get; set; }
}

internal sealed class BatchedConsumeContext<T>(
    ConsumeContext<T> context, OutboxConsumeOptions options, IServiceProvider provider, Guid messageId, TimeProvider clock)
    : CapturingConsumeContext<T>(context, options, provider, messageId, clock), IBatchedMessage
    where T : class
{
    public (Guid MessageId, Guid ConsumerId) Key => (MessageId!.Value, ConsumerId);

    public Consumed? Consumed { get; set; }

    /// <summary>The batch decides, later.</summary>
    public override bool IsMessageConsumed => false;

    public override bool IsOutboxDelivered => false;

    public override Task SetConsumed() => Task.CompletedTask;

    /// <summary>The batch stores all messages at its end.</summary>
    protected override void Store(OutboxMessage row)
    {
    }
}

/// <summary>Sends the messages of the saga after the commit of the batch, as <see cref="LeanOutboxContextFactory{T}"/> does.</summary>
internal sealed class BatchedOutbox<TDbContext>(ConsumedDelivery<TDbContext> delivery, IServiceProvider provider, TimeProvider clock)
    : IOutboxContextFactory<BatchedOutbox<TDbContext>>
    where TDbContext : DbContext
{
    public void Probe(ProbeContext context) => context.CreateFilterScope("outboxContextFactory").Add("provider", "lean, in batches");

    public async Task Send<T>(ConsumeContext<T> context, OutboxConsumeOptions options, IPipe<OutboxConsumeContext<T>> next)
        where T : class
    {
        var messageId = context.GetOriginalMessageId() ?? throw new MessageException(typeof(T), "MessageId required to use the outbox");
        var outbox = new BatchedConsumeContext<T>(context, options, provider, messageId, clock);
        await next.Send(outbox);
        if (outbox.Consumed is { } consumed)
            await delivery.Send(consumed, context.CancellationToken);
        else
            delivery.Drop(outbox.Key);
    }
}
