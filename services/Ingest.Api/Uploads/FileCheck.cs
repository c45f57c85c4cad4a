using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Podcast.Ingest.Api.Auth;
using Podcast.Ingest.Api.Data;
using Podcast.Ittybit.Client;

namespace Podcast.Ingest.Api.Uploads;

/// <summary>Asks Ittybit about the file that an owner says they uploaded.</summary>
internal sealed class FileCheck(
    IIttybitApi ittybit, IngestDb db, IOptionsMonitor<UploadOptions> options, TimeProvider clock, ILogger<FileCheck> logger)
{
    /// <summary>The file as Ittybit describes it, if it answers in time; or what is wrong with it.</summary>
    public async Task<(IttybitFile? File, string? Problem)> Look(
        Owner owner, Guid episodeId, string fileId, CancellationToken cancellationToken)
    {
        // All owners share one project at Ittybit: a file that is somebody else's must look like one that is not there.
        if (await db.Episodes.AnyAsync(e => e.IttybitFileId == fileId && e.UserId != owner.Id, cancellationToken))
            return (null, "is unknown to Ittybit.");

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
                return (null, "is unknown to Ittybit.");

            // The pipeline asks again, and waits as long as it takes.
            logger.UploadNotChecked(episodeId, failure.Message);
            return (null, null);
        }
    }
}
