using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Podcast.Ingest.Api.Auth;
using Podcast.Ingest.Api.Data;
using Podcast.Ittybit;

namespace Podcast.Ingest.Api.Uploads;

/// <summary>Asks Ittybit about the file that an owner says they uploaded.</summary>
internal sealed class FileCheck(
    IIttybitApi ittybit, IngestDb db, IOptionsMonitor<UploadOptions> options, TimeProvider clock, ILogger<FileCheck> logger)
{
    private const string Unknown = "is unknown to Ittybit.";

    /// <summary>The file as Ittybit describes it, if it answers in time; or what is wrong with it.</summary>
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

            // The pipeline asks again, and waits as long as it takes.
            logger.UploadNotChecked(episodeId, failure.Message);
            return (null, null);
        }
    }

    /// <summary>
    /// Within a transaction that gives the file to an episode: waits for every other one that gives it to somebody, and says what is
    /// wrong when it is another owner's by then. SQLite has one writing transaction at a time anyway.
    /// </summary>
    public async Task<string?> ClaimFor(Owner owner, string fileId, CancellationToken cancellationToken)
    {
        if (db.Database.IsNpgsql())
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({fileId}, 0))", cancellationToken);
        return await IsAnothers(owner, fileId, cancellationToken) ? Unknown : null;
    }

    /// <summary>All owners share one project at Ittybit: a file that is somebody else's must look like one that is not there.</summary>
    private Task<bool> IsAnothers(Owner owner, string fileId, CancellationToken cancellationToken) =>
        db.Episodes.AnyAsync(e => e.IttybitFileId == fileId && e.UserId != owner.Id, cancellationToken);
}
