using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Podcast.Outbox;

/// <summary>What all parts of one context's outbox share.</summary>
internal sealed class OutboxStore<TDbContext>(WriteGate gate, IOptionsMonitor<LeanOutboxOptions> options, TimeProvider clock)
    where TDbContext : DbContext
{
    private OutboxStatements? statements;

    public LeanOutboxOptions Options { get; } = options.Get(typeof(TDbContext).FullName);

    /// <summary>UTC.</summary>
    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    public OutboxStatements Statements(TDbContext context) => statements ??= new OutboxStatements(context);

    /// <summary>
    /// Does <paramref name="work"/> in a transaction: read committed on PostgreSQL, immediate on SQLite. It may run again where the
    /// context has a strategy that retries.
    /// </summary>
    public Task<T> Write<T>(TDbContext context, Func<Task<T>> work, CancellationToken cancellationToken) => Run(context, async () =>
    {
        using var turn = await gate.Enter(context, cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        var result = await work();
        await transaction.CommitAsync(cancellationToken);
        return result;
    });

    /// <summary>Does <paramref name="work"/>, which begins its own transactions, as often as the context's strategy wants.</summary>
    public Task<T> Run<T>(TDbContext context, Func<Task<T>> work)
    {
        var strategy = context.Database.CreateExecutionStrategy();
        return strategy.RetriesOnFailure ? strategy.ExecuteAsync(Attempt) : Attempt();

        Task<T> Attempt()
        {
            context.ChangeTracker.Clear();
            return work();
        }
    }

    /// <summary>Waits for the turn to write; see <see cref="WriteGate"/>.</summary>
    public ValueTask<WriteGate.Turn> Turn(TDbContext context, CancellationToken cancellationToken) => gate.Enter(context, cancellationToken);
}
