using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Podcast.Ingest.Api.Data;

/// <summary>Makes our tables where they are missing, before the first message or request can ask for one.</summary>
internal sealed class CreateDatabase(IServiceScopeFactory scopes) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IngestDb>();
        var database = db.GetService<IRelationalDatabaseCreator>();

        if (!await database.ExistsAsync(cancellationToken))
            await Unless(() => database.ExistsAsync(cancellationToken), () => database.CreateAsync(cancellationToken));
        if (!await HasOurTables(db, cancellationToken))
            await Unless(() => HasOurTables(db, cancellationToken), () => database.CreateTablesAsync(cancellationToken));
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Another instance that starts at the same moment may be faster.</summary>
    private static async Task Unless(Func<Task<bool>> done, Func<Task> create)
    {
        try
        {
            await create();
        }
        catch (DbException)
        {
            if (!await done())
                throw;
        }
    }

    // EnsureCreated looks for any table at all, and on PostgreSQL other owners keep theirs in the same database.
    private static async Task<bool> HasOurTables(IngestDb db, CancellationToken cancellationToken)
    {
        var count = db.Database.IsNpgsql()
            ? db.Database.SqlQuery<long>(
                $"""SELECT count(*) AS "Value" FROM pg_tables WHERE schemaname = {IngestDb.Owner} AND tablename = 'episodes'""")
            : db.Database.SqlQuery<long>($"""SELECT count(*) AS "Value" FROM sqlite_master WHERE name = 'episodes'""");

        return await count.SingleAsync(cancellationToken) > 0;
    }
}
