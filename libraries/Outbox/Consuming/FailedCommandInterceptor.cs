using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Podcast.Outbox;

/// <summary>
/// Remembers the contexts in which a command failed. PostgreSQL then answers COMMIT with a rollback and no error: if a consumer
/// swallowed the failure, its message would count as consumed although nothing was written.
/// </summary>
internal sealed class FailedCommandInterceptor : DbCommandInterceptor
{
    private readonly ConditionalWeakTable<DbContext, object> failed = [];

    /// <summary>Called before a transaction: a pooled context may have failed in an earlier scope.</summary>
    public void Forget(DbContext context) => failed.Remove(context);

    /// <summary>True if a command of <paramref name="context"/> failed since <see cref="Forget"/>.</summary>
    public bool HasFailed(DbContext context) => failed.TryGetValue(context, out _);

    /// <summary>If a command of <paramref name="context"/> failed, checks that its transaction can still be committed.</summary>
    /// <exception cref="DbException">The transaction is aborted.</exception>
    public async Task Check(DbContext context, CancellationToken cancellationToken)
    {
        if (failed.Remove(context))
            await context.Database.ExecuteSqlRawAsync("SELECT 1", cancellationToken);
    }

    public override void CommandFailed(DbCommand command, CommandErrorEventData eventData) => Remember(eventData.Context);

    public override Task CommandFailedAsync(
        DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default) => Remember(eventData.Context);

    public override void CommandCanceled(DbCommand command, CommandEndEventData eventData) => Remember(eventData.Context);

    public override Task CommandCanceledAsync(
        DbCommand command, CommandEndEventData eventData, CancellationToken cancellationToken = default) => Remember(eventData.Context);

    private Task Remember(DbContext? context)
    {
        if (context is not null)
            failed.AddOrUpdate(context, true);
        return Task.CompletedTask;
    }
}
