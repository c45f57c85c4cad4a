namespace Podcast.Ingest.Api.Uploads;

/// <summary>Asks Ittybit whether it has the file that an owner confirms.</summary>
internal sealed class FileCheck(
    IIttybitApi ittybit, IngestDb db, IOptionsMonitor<UploadOptions> options, TimeProvider clock, ILogger<FileCheck> logger)
{
    private const string Unknown = "is unknown to Ittybit.";

    /// <summary>
    /// Returns Ittybit's description of the file, null if Ittybit does not answer in time, or the problem with the file.
    /// </summary>
    public async Task<(IttybitFile? File, string? Problem)> Look(
        Owner owner, Guid episodeId, string fileId, CancellationToken cancellationToken)
    {
        if (await IsAnothers(owner, fileId, cancellationToken))
            return (null, Unknown);

        using var timeout = new CancellationTokenSource(options.CurrentValue.CheckTimeout, clock);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            var file = await ittybit.GetFile(fileId, patience.Token);
            return file.Status is "failed" or "error" ? (null, "is a file that Ittybit could not read.") : (file, null);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var failure = IttybitFailure.Of(exception, clock);
            if (failure.Kind == IttybitFailureKind.Final)
                return (null, Unknown);

            // Accept the file unchecked: processing asks Ittybit again, and can wait until it answers.
            logger.UploadNotChecked(episodeId, failure.Message);
            return (null, null);
        }
    }

    /// <summary>
    /// Call it in the transaction that assigns the file. Waits for every other transaction that assigns the same file, then
    /// returns a problem if another owner has it. SQLite needs no lock: it has one writing transaction at a time.
    /// </summary>
    public async Task<string?> ClaimFor(Owner owner, string fileId, CancellationToken cancellationToken)
    {
        if (db.Database.IsNpgsql())
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({fileId}, 0))", cancellationToken);
        return await IsAnothers(owner, fileId, cancellationToken) ? Unknown : null;
    }

    /// <summary>All owners share one Ittybit project, so another owner's file must be reported like a missing one.</summary>
    private Task<bool> IsAnothers(Owner owner, string fileId, CancellationToken cancellationToken) =>
        db.Episodes.AnyAsync(e => e.IttybitFileId == fileId && e.UserId != owner.Id, cancellationToken);
}
