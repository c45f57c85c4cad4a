namespace Podcast.Ingest.Api.Audit;

/// <summary>Remembers what operators did to queues and outboxes; lanes and episodes have a history of their own.</summary>
internal sealed class AuditTrail(IngestDb db, TimeProvider clock, ILogger<AuditTrail> logger)
{
    /// <summary>Stores that <paramref name="by"/> asked for the action, at once.</summary>
    public async Task Add(Owner by, string action, string target, string? why, CancellationToken cancellationToken)
    {
        db.Add(new AuditEntry { At = clock.GetUtcMilliseconds(), By = by.By, Action = action, Target = target, Why = why });
        await db.SaveChangesAsync(cancellationToken);
        logger.OperatorActed(action, target);
    }

    /// <summary>The newest first.</summary>
    public Task<List<AuditEntry>> Newest(int most, CancellationToken cancellationToken) =>
        db.Audit.AsNoTracking().OrderByDescending(entry => entry.Id).Take(most).ToListAsync(cancellationToken);
}
