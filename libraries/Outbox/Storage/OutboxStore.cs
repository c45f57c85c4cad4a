using System.Data;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Options;

namespace Podcast.Outbox;

/// <summary>Options, statements and transactions that all parts of one context's outbox share.</summary>
internal sealed class OutboxStore<TDbContext>(
    WriteGate gate, InstanceId process, IOptionsMonitor<LeanOutboxOptions> options, TimeProvider clock)
    where TDbContext : DbContext
{
    private OutboxStatements? statements;

    /// <summary>The id that distinguishes the outboxes of this process from those of others.</summary>
    public Guid ProcessId { get; } = process.Id;

    public LeanOutboxOptions Options { get; } = options.Get(typeof(TDbContext).FullName);

    public OutboxStatements Statements(TDbContext context) => statements ??= new OutboxStatements(context, clock);

    /// <inheritdoc cref="OutboxStatements.Now"/>
    public Task<DateTime> Now(TDbContext context, CancellationToken cancellationToken) => Statements(context).Now(context, cancellationToken);

    /// <summary>
    /// Runs <paramref name="work"/> in a transaction: read committed on PostgreSQL, immediate on SQLite. If the context has a
    /// retrying execution strategy, the work may run more than once.
    /// </summary>
    public Task<T> Write<T>(TDbContext context, Func<Task<T>> work, CancellationToken cancellationToken) => Run(context, async () =>
    {
        using var turn = await gate.Enter(context, cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        var result = await work();
        await transaction.CommitAsync(cancellationToken);
        return result;
    });

    /// <summary>
    /// Claims and sends messages, then writes the results. On PostgreSQL this is one transaction, whose row locks keep other
    /// instances away. On SQLite, which has one writer and one instance, only the write is in a transaction, so that others can
    /// write during the send.
    /// </summary>
    /// <param name="context">The context of this call.</param>
    /// <param name="send">Returns null if there is nothing to send.</param>
    /// <param name="write">Writes the results.</param>
    /// <param name="cancellationToken">Cancels the call; the results of completed sends are committed.</param>
    public Task<Progress> SendAndWrite(
        TDbContext context, Func<Task<IReadOnlyList<Sent>?>> send, Func<IReadOnlyList<Sent>, Task<Progress>> write,
        CancellationToken cancellationToken) => Run(context, async () =>
    {
        await using var locks = Statements(context).LocksRows ? await Begin() : null;
        if (await send() is not { } results)
            return Progress.None;

        using var turn = await gate.Enter(context, cancellationToken);
        await using var transaction = locks is null ? await Begin() : null;
        var progress = await write(results);
        await (locks ?? transaction!).CommitAsync(CancellationToken.None);
        return progress;

        Task<IDbContextTransaction> Begin() => context.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
    });

    /// <summary>Waits until this process may write to the database; see <see cref="WriteGate"/>.</summary>
    public ValueTask<WriteGate.Turn> Turn(TDbContext context, CancellationToken cancellationToken) => gate.Enter(context, cancellationToken);

    private static Task<T> Run<T>(TDbContext context, Func<Task<T>> work)
    {
        var strategy = context.Database.CreateExecutionStrategy();
        return strategy.RetriesOnFailure ? strategy.ExecuteAsync(Attempt) : Attempt();

        Task<T> Attempt()
        {
            context.ChangeTracker.Clear();
            return work();
        }
    }
}
