using MassTransit.Context;
using MassTransit.Saga;

namespace Podcast.Outbox;

/// <summary>Finds and keeps the instance of one message of a batch; the batch saves it.</summary>
internal sealed class BatchedSagaContext<TSaga, TMessage>(
    ConsumeContext<TMessage> message, SagaInstances<TSaga> instances, ISagaConsumeContextFactory<DbContext, TSaga> contexts)
    : ConsumeContextScope<TMessage>(message, instances.DbContext, instances.Batch), SagaRepositoryContext<TSaga, TMessage>
    where TSaga : class, ISaga
    where TMessage : class
{
    public Task<SagaConsumeContext<TSaga, TMessage>> Add(TSaga instance) =>
        CreateSagaConsumeContext(this, instance, SagaConsumeContextMode.Add);

    public Task<SagaConsumeContext<TSaga, TMessage>> Insert(TSaga instance)
    {
        if (instances.Find(instance.CorrelationId) is not null)
            return Task.FromResult<SagaConsumeContext<TSaga, TMessage>>(null!); // the caller loads it

        instances.Add(instance);
        return CreateSagaConsumeContext(this, instance, SagaConsumeContextMode.Insert);
    }

    public Task<SagaConsumeContext<TSaga, TMessage>> Load(Guid correlationId) =>
        instances.Find(correlationId) is { } instance
            ? CreateSagaConsumeContext(this, instance, SagaConsumeContextMode.Load)
            : Task.FromResult<SagaConsumeContext<TSaga, TMessage>>(null!);

    public Task Save(SagaConsumeContext<TSaga> context)
    {
        instances.Add(context.Saga);
        return Task.CompletedTask;
    }

    public Task Update(SagaConsumeContext<TSaga> context) => Task.CompletedTask;

    public Task Delete(SagaConsumeContext<TSaga> context)
    {
        instances.Remove(context.Saga);
        return Task.CompletedTask;
    }

    public Task Discard(SagaConsumeContext<TSaga> context) => Task.CompletedTask;

    public Task Undo(SagaConsumeContext<TSaga> context) => throw new NotSupportedException(
        $"{typeof(TMessage).Name} is a read-only event: its changes cannot be told from those of other messages of a batch");

    public Task<SagaConsumeContext<TSaga, T>> CreateSagaConsumeContext<T>(
        ConsumeContext<T> consumeContext, TSaga instance, SagaConsumeContextMode mode)
        where T : class =>
        contexts.CreateSagaConsumeContext(instances.DbContext, consumeContext, instance, mode);
}

/// <summary>Hands each message of the saga to the next batch, and waits for its end.</summary>
internal sealed class BatchedSagaContextFactory<TDbContext, TSaga>(
    SagaBatches<TDbContext, TSaga> batches, SagaPatience<TSaga> patience, ISagaConsumeContextFactory<DbContext, TSaga> contexts)
    : ISagaRepositoryContextFactory<TSaga>
    where TDbContext : DbContext
    where TSaga : class, ISaga
{
    public void Probe(ProbeContext context) => context.Add("persistence", "entity-framework, in batches");

    public Task Send<T>(ConsumeContext<T> context, IPipe<SagaRepositoryContext<TSaga, T>> next)
        where T : class =>
        context.TryGetPayload(out IBatchedMessage? message)
            ? batches.Handle(new SagaDelivery<TSaga>(
                message, context.CorrelationId!.Value, patience.Of.GetValueOrDefault(typeof(T)),
                instances => next.Send(new BatchedSagaContext<TSaga, T>(context, instances, contexts))))
            : throw new InvalidOperationException($"The endpoint of {typeof(TSaga).Name} needs UseSagaBatches");

    public Task SendQuery<T>(ConsumeContext<T> context, ISagaQuery<TSaga> query, IPipe<SagaRepositoryQueryContext<TSaga, T>> next)
        where T : class =>
        throw new NotSupportedException($"{typeof(T).Name} correlates by a query; in batches events correlate by id");
}
