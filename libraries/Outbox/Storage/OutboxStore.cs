using System.Data;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Options;

namespace Podcast.Outbox;

/// <summary>Identifies one host: normally the process, but a test process may run several hosts.</summary>
internal sealed class InstanceId
{
    public Guid Id { get; } = Guid.CreateVersion7();
}

/// <summary>Options, statements and transactions that all parts of one context's outbox share.</summary>
internal sealed class OutboxStore<TDbContext>(
    WriteGate gate, InstanceId process, IServiceScopeFactory scopes, IOptionsMonitor<LeanOutboxOptions> options, TimeProvider clock)
    where TDbContext : DbContext
{
    private OutboxStatements? statements;

    /// <summary>The id that distinguishes the outboxes of this process from those of others.</summary>
    public Guid ProcessId => process.Id;

    public LeanOutboxOptions Options { get; } = options.Get(typeof(TDbContext).FullName);

    public OutboxStatements Statements(TDbContext context) => statements ??= new OutboxStatements(context, clock);

    /// <inheritdoc cref="OutboxStatements.Now"/>
    public Task<DateTime> Now(TDbContext context, CancellationToken cancellationToken) =>
        Statements(context).Now(context, cancellationToken);

    /// <summary>Runs <paramref name="work"/> with a new context.</summary>
    public async Task<T> Use<T>(Func<TDbContext, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TDbContext>());
    }

    /// <summary>Runs <paramref name="work"/> in a transaction: read committed on PostgreSQL, immediate on SQLite.</summary>
    public Task<T> Write<T>(Func<TDbContext, Task<T>> work, CancellationToken cancellationToken) => Use(async context =>
    {
        using var turn = await gate.Enter(context, cancellationToken);
        await using var transaction = await Begin(context, cancellationToken);
        var result = await work(context);
        await transaction.CommitAsync(cancellationToken);
        return result;
    });

    /// <summary>Runs <paramref name="work"/>, of which each statement is a transaction on PostgreSQL; on SQLite all are one.</summary>
    public Task<T> WriteEach<T>(Func<TDbContext, Task<T>> work, CancellationToken cancellationToken) => Use(async context =>
    {
        using var turn = await gate.Enter(context, cancellationToken);
        await using var transaction = context.IsPostgres() ? null : await Begin(context, cancellationToken);
        var result = await work(context);
        if (transaction is not null)
            await transaction.CommitAsync(cancellationToken);
        return result;
    });

    /// <summary>
    /// Claims and sends messages, then writes the results. On PostgreSQL this is one transaction, whose row locks keep other
    /// instances away. On SQLite, which has one writer and one instance, only the write is in a transaction, so that others can
    /// write during the send.
    /// </summary>
    /// <param name="send">Returns null if there is nothing to send.</param>
    /// <param name="write">Writes the results.</param>
    /// <param name="cancellationToken">Cancels the call; the results of completed sends are committed.</param>
    public Task<Progress> SendAndWrite(
        Func<TDbContext, Task<IReadOnlyList<Sent>?>> send,
        Func<TDbContext, IReadOnlyList<Sent>, Task<Progress>> write,
        CancellationToken cancellationToken) => Use(async context =>
    {
        await using var locks = context.IsPostgres() ? await Begin(context, cancellationToken) : null;
        if (await send(context) is not { } results)
            return Progress.None;

        using var turn = await gate.Enter(context, cancellationToken);
        await using var transaction = locks is null ? await Begin(context, cancellationToken) : null;
        var progress = await write(context, results);
        await (locks ?? transaction!).CommitAsync(CancellationToken.None);
        return progress;
    });

    /// <inheritdoc cref="WriteGate.Enter"/>
    public ValueTask<WriteGate.Turn> Turn(TDbContext context, CancellationToken cancellationToken) =>
        gate.Enter(context, cancellationToken);

    private static Task<IDbContextTransaction> Begin(TDbContext context, CancellationToken cancellationToken) =>
        context.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
}
