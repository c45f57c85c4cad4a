using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;

namespace Podcast.Outbox;

/// <summary>
/// Runs one batch at a time. Messages that arrive meanwhile wait; the first of them runs the next batch, with all that wait.
/// </summary>
internal sealed class SagaBatches<TDbContext, TSaga>(
    IServiceScopeFactory scopes, OutboxStore<TDbContext> store, DeliveryBacklog<TDbContext> backlog, FailedCommandInterceptor failures)
    : IDisposable
    where TDbContext : DbContext
    where TSaga : class, ISaga
{
    private const int Most = 64;

    private readonly ConcurrentQueue<SagaDelivery<TSaga>> waiting = new();
    private readonly SemaphoreSlim turn = new(1);

    /// <summary>Returns when the message is committed, or a duplicate.</summary>
    /// <exception cref="Exception">It failed, or its transaction did.</exception>
    public async Task Handle(SagaDelivery<TSaga> delivery)
    {
        waiting.Enqueue(delivery);
        await delivery.WaitForOthers();
        if (!delivery.IsDone)
        {
            await turn.WaitAsync();
            try
            {
                while (!delivery.IsDone)
                    await Handle(Take());
            }
            finally
            {
                turn.Release();
            }
        }

        delivery.ThrowIfFailed();
    }

    public void Dispose() => turn.Dispose();

    private List<SagaDelivery<TSaga>> Take()
    {
        var batch = new List<SagaDelivery<TSaga>>();
        while (batch.Count < Most && waiting.TryDequeue(out var delivery))
            batch.Add(delivery);
        return batch;
    }

    /// <summary>
    /// Handles all of them. A failure of the database is that of all; any other one is found by handling them one by one.
    /// </summary>
    private async Task Handle(List<SagaDelivery<TSaga>> batch)
    {
        try
        {
            await Commit(batch);
            batch.ForEach(delivery => delivery.Complete());
        }
        catch (GuiltyMessageException)
        {
            if (batch.FindAll(delivery => !delivery.IsDone) is { Count: > 0 } others)
                await Handle(others);
        }
        catch (Exception exception) when (batch.Count == 1 || IsTransient(exception))
        {
            batch.ForEach(delivery => delivery.Fail(exception));
        }
        catch (Exception)
        {
            foreach (var delivery in batch)
                await Handle([delivery]);
        }
    }

    private static bool IsTransient(Exception? exception) =>
        exception is not null && (exception is DbException { IsTransient: true } || IsTransient(exception.InnerException));

    private async Task Commit(List<SagaDelivery<TSaga>> batch)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<TDbContext>();
        using var write = await store.Turn(context, CancellationToken.None);
        await using var transaction = await context.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted);
        failures.Forget(context);
        context.Database.AutoSavepointsEnabled = false;

        var inboxIds = await store.Statements(context).TryConsume(
            context, batch.Select(delivery => delivery.Message.Key), store.ProcessId, CancellationToken.None);
        var fresh = new List<(SagaDelivery<TSaga> Delivery, long InboxId)>();
        foreach (var delivery in batch)
        {
            if (inboxIds.Remove(delivery.Message.Key, out var id)) // another delivery of the same message counts as a duplicate
                fresh.Add((delivery, id));
        }

        var summary = new SagaBatch();
        var instances = new SagaInstances<TSaga>(context, summary);
        await instances.Load([.. fresh.Select(one => one.Delivery.SagaId).Distinct()], CancellationToken.None);
        foreach (var (delivery, _) in fresh)
            await delivery.Handle(instances);
        await summary.End();

        await store.Statements(context).SaveLast(
            context, [.. fresh.SelectMany(one => one.Delivery.Message.Messages)], CancellationToken.None);
        await failures.Check(context, CancellationToken.None);
        var consumed = fresh.ConvertAll(one => new Consumed(one.Delivery.Message.Key, one.InboxId, one.Delivery.Message.Messages));
        await backlog.Commit(consumed, transaction);
        foreach (var ((delivery, _), work) in fresh.Zip(consumed))
            delivery.Message.Consumed = work;
    }
}
