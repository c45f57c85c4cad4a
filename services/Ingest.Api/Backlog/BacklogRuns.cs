namespace Podcast.Ingest.Api.Backlog;

/// <summary>Stores what runs of the backlog command tell.</summary>
internal sealed class BacklogRuns(IngestDb db, TimeProvider clock)
{
    /// <summary>Older runs of an owner go when a new one comes.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    public async Task<BacklogRun> Put(Owner owner, Guid id, RunReport report, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Lock($"backlog run {id} of {owner.Id}", cancellationToken);
        var now = clock.GetUtcMilliseconds();
        var run = await db.BacklogRuns.SingleOrDefaultAsync(run => run.UserId == owner.Id && run.Id == id, cancellationToken);
        if (run is null)
        {
            await db.BacklogRuns.Where(old => old.UserId == owner.Id && old.StartedAt < now - Kept).ExecuteDeleteAsync(cancellationToken);
            run = new BacklogRun { UserId = owner.Id, Id = id, StartedAt = report.StartedAt!.Value, Report = report, ReportedAt = now };
            db.BacklogRuns.Add(run);
        }
        else if (report.Number > run.Report.Number)
        {
            (run.Report, run.ReportedAt) = (report, now);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return run;
    }
}
