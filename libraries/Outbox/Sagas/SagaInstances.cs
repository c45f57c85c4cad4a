using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Podcast.Outbox;

#pragma warning disable EF1002 // only names of the model are interpolated

/// <summary>The instances of a batch, loaded and locked with one statement.</summary>
internal sealed class SagaInstances<TSaga>(DbContext dbContext, SagaBatch batch)
    where TSaga : class, ISaga
{
    private static readonly ConditionalWeakTable<IModel, string> statements = [];
    private readonly Dictionary<Guid, TSaga> loaded = [];

    public DbContext DbContext => dbContext;

    public SagaBatch Batch => batch;

    /// <summary>Locks in the order of the ids, so that processes wait for each other instead of failing.</summary>
    public async Task Load(Guid[] ids, CancellationToken cancellationToken)
    {
        var sagas = dbContext.Set<TSaga>();
        var rows = dbContext.IsPostgres()
            ? sagas.FromSqlRaw(statements.GetValue(dbContext.Model, Statement), [ids])
            : sagas.Where(saga => ids.Contains(saga.CorrelationId));
        foreach (var saga in await rows.AsTracking().ToListAsync(cancellationToken))
            loaded.Add(saga.CorrelationId, saga);
    }

    public TSaga? Find(Guid id) => loaded.GetValueOrDefault(id);

    public void Add(TSaga saga)
    {
        loaded.Add(saga.CorrelationId, saga);
        dbContext.Add(saga);
    }

    public void Remove(TSaga saga)
    {
        loaded.Remove(saga.CorrelationId);
        dbContext.Remove(saga);
    }

    private string Statement(IModel model)
    {
        var entity = model.FindEntityType(typeof(TSaga))!;
        var table = OutboxStatements.Table<TSaga>(dbContext);
        var id = $"\"{entity.FindProperty(nameof(ISaga.CorrelationId))!.GetColumnName()}\"";
        var version = entity.GetProperties().Any(property => property.GetColumnName() == "xmin") ? ", xmin" : "";
        return $"SELECT *{version} FROM {table} WHERE {id} = ANY({{0}}) ORDER BY {id} FOR UPDATE";
    }
}
