using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Podcast.Outbox;

/// <summary>
/// PostgreSQL answers the COMMIT of a transaction in which a statement failed with a rollback, and no error: a consumer that swallowed
/// the failure would count as done, with nothing done. This remembers which contexts had one.
/// </summary>
internal sealed class FailedCommandInterceptor : DbCommandInterceptor
{
    private readonly ConditionalWeakTable<DbContext, object> failed = [];

    /// <summary>Asks the transaction, if there was a failure, whether it can still be committed.</summary>
    /// <exception cref="DbException">It cannot.</exception>
    public async Task Check(DbContext context, CancellationToken cancellationToken)
    {
        if (failed.Remove(context))
            await context.Database.ExecuteSqlRawAsync("SELECT 1", cancellationToken);
    }

    public override void CommandFailed(DbCommand command, CommandErrorEventData eventData) => Remember(eventData.Context);

    public override Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Remember(eventData.Context);
        return Task.CompletedTask;
    }

    public override void CommandCanceled(DbCommand command, CommandEndEventData eventData) => Remember(eventData.Context);

    public override Task CommandCanceledAsync(DbCommand command, CommandEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Remember(eventData.Context);
        return Task.CompletedTask;
    }

    private void Remember(DbContext? context)
    {
        if (context is not null)
            failed.AddOrUpdate(context, true);
    }
}
