using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Podcast.Orchestrator.Data;

namespace Podcast.Orchestrator.Callbacks;

/// <summary>The rows of <c>ittybit_tasks</c>: each is changed by one transaction at a time.</summary>
internal sealed class IttybitTasks(OrchestratorDbContext database, TimeProvider clock)
{
    /// <summary>The task's row, made if there is none, and locked until the transaction ends: another reader sees what this one wrote.</summary>
    public async Task<IttybitTaskEntry> Lock(string ittybitTaskId, CancellationToken cancellationToken)
    {
        var table = database.Model.FindEntityType(typeof(IttybitTaskEntry))!;
        var name = database.GetService<ISqlGenerationHelper>().DelimitIdentifier(table.GetTableName()!, table.GetSchema());
        var created = table.FindProperty(nameof(IttybitTaskEntry.CreatedAt))!.GetTypeMapping().Converter is { } converter
            ? converter.ConvertToProvider(clock.GetUtcNow())!
            : clock.GetUtcNow();

#pragma warning disable EF1002 // the name is the model's
        // The insert waits for a twin's transaction, and takes SQLite's only write lock.
        await database.Database.ExecuteSqlRawAsync(
            $$"""INSERT INTO {{name}} (ittybit_task_id, attempt, parked, created_at) VALUES ({0}, 0, '[]', {1}) ON CONFLICT DO NOTHING""",
            [ittybitTaskId, created], cancellationToken);
        var forUpdate = database.Database.IsNpgsql() ? "FOR UPDATE" : "";
        return await database.IttybitTasks
            .FromSqlRaw($$"""SELECT * FROM {{name}} WHERE ittybit_task_id = {0} {{forUpdate}}""", ittybitTaskId)
            .SingleAsync(cancellationToken);
#pragma warning restore EF1002
    }

    /// <summary>Removes the rows of tasks that nobody reports on any more.</summary>
    /// <returns>How many were removed; as many as <paramref name="limit"/> when there may be more.</returns>
    public Task<int> RemoveOlderThan(TimeSpan age, int limit, CancellationToken cancellationToken)
    {
        var cutoff = clock.GetUtcNow() - age;
        return database.IttybitTasks.Where(task => task.CreatedAt < cutoff)
            .OrderBy(task => task.CreatedAt).Take(limit).ExecuteDeleteAsync(cancellationToken);
    }
}
