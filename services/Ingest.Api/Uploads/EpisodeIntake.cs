namespace Podcast.Ingest.Api.Uploads;

/// <summary>
/// Accepts episodes. The episode and the announcement (outbox) are written in one transaction; <see cref="UploadSweep"/> repeats
/// an announcement that got lost later.
/// </summary>
internal sealed class EpisodeIntake(
    IngestDb db, EpisodeReader episodes, IdempotencyStore posts, UploadSigner signer, FileCheck files, SourceCheck sources, IPublishEndpoint bus,
    IOptionsMonitor<UploadOptions> options, TimeProvider clock, ILogger<EpisodeIntake> logger)
{
    public async Task<Outcome<PreparedUpload>> Prepare(
        Owner owner, RequestKey? key, PrepareUpload request, CancellationToken cancellationToken)
    {
        if (await posts.Known<PreparedUpload>(key, cancellationToken) is { } known)
            return known;

        var now = clock.GetUtcMilliseconds();
        var id = Guid.CreateVersion7(now);
        var signed = await signer.Sign(id, request.Filename, cancellationToken);
        if (signed.Answer is not { } upload)
            return signed.Refusal!;

        return await posts.Do<PreparedUpload>(key, async () =>
        {
            db.Episodes.Add(new Episode
            {
                Id = id,
                UserId = owner.Id,
                Title = request.Title,
                Description = request.Description,
                OriginalFilename = request.Filename,
                FileSize = request.Filesize,
                IttybitFolder = upload.Folder,
                RequestedTasks = TaskNames.Join(request.Tasks),
                Status = Status.AwaitingUpload,
                CreatedAt = now,
                UpdatedAt = now,
            });
            await db.SaveChangesAsync(cancellationToken);
            logger.UploadPrepared(id);
            return new PreparedUpload(id, Status.AwaitingUpload, upload);
        }, cancellationToken);
    }

    public async Task<Outcome<EpisodeView>> Submit(
        Owner owner, RequestKey? key, SubmitEpisode request, CancellationToken cancellationToken)
    {
        if (await posts.Known<EpisodeView>(key, cancellationToken) is { } known)
            return known;
        if (await sources.Look(request.Url, cancellationToken) is { } problem)
            return Refusals.Unprocessable("No such source", SubmitEpisode.Field, problem);

        return await posts.Do(key, Make, cancellationToken);

        async Task<Outcome<EpisodeView>> Make()
        {
            var now = clock.GetUtcMilliseconds();
            var episode = new Episode
            {
                Id = Guid.CreateVersion7(now),
                UserId = owner.Id,
                Title = request.Title,
                Description = request.Description,
                OriginalFilename = request.Filename,
                SourceUrl = VerbatimUri.Text(request.Url),
                RequestedTasks = TaskNames.Join(request.Tasks),
                Status = Status.Uploaded,
                UploadedAt = now,
                AnnounceAt = now + options.CurrentValue.AnnounceAgainAfter,
                CreatedAt = now,
                UpdatedAt = now,
            };
            db.Episodes.Add(episode);
            await db.SaveChangesAsync(cancellationToken);
            await bus.Publish(Announcement.Of(episode), cancellationToken);
            logger.EpisodeSubmitted(episode.Id);
            return await episodes.View(episode, cancellationToken);
        }
    }

    public async Task<Outcome<EpisodeView>> Confirm(
        Owner owner, RequestKey? key, Guid id, string fileId, CancellationToken cancellationToken)
    {
        if (await posts.Known<EpisodeView>(key, cancellationToken) is { } known)
            return known;
        if (await episodes.Find(owner, id, cancellationToken) is not { } episode)
            return Refusals.NoSuchEpisode;
        if (episode.Status != Status.AwaitingUpload)
            return await ConfirmedBefore(episode, fileId, cancellationToken);

        var (file, problem) = await files.Look(owner, id, fileId, cancellationToken);
        if (problem is not null)
            return Refusals.Unprocessable("No such upload", ConfirmUpload.Field, problem);

        // Ittybit may not have probed the file yet: a size or duration of 0 or less means unknown.
        var size = file?.Filesize is > 0 and var bytes ? bytes : (long?)null;
        var length = file?.Duration is > 0 and var seconds ? seconds : (double?)null;
        return await posts.Do(key, Win, cancellationToken);

        async Task<Outcome<EpisodeView>> Win()
        {
            if (await files.ClaimFor(owner, fileId, cancellationToken) is { } taken)
                return Refusals.Unprocessable("No such upload", ConfirmUpload.Field, taken);

            // The row lock decides between concurrent confirmations, and makes the first snapshot wait until we commit.
            DateTimeOffset? now = clock.GetUtcMilliseconds();
            var won = await db.Episodes
                .Where(e => e.Id == id && e.UserId == owner.Id && e.Status == Status.AwaitingUpload)
                .ExecuteUpdateAsync(set => set
                    .SetProperty(e => e.Status, Status.Uploaded)
                    .SetProperty(e => e.IttybitFileId, fileId)
                    .SetProperty(e => e.FileSize, e => size ?? e.FileSize)
                    .SetProperty(e => e.DurationSeconds, length)
                    .SetProperty(e => e.UploadedAt, now)
                    .SetProperty(e => e.AnnounceAt, now + options.CurrentValue.AnnounceAgainAfter)
                    .SetProperty(e => e.UpdatedAt, now.Value), cancellationToken);

            var current = (await episodes.Find(owner, id, cancellationToken))!;
            if (won == 0)
                return await ConfirmedBefore(current, fileId, cancellationToken);

            await bus.Publish(Announcement.Of(current), cancellationToken);
            logger.UploadConfirmed(id);
            return await episodes.View(current, cancellationToken);
        }
    }

    private async Task<Outcome<EpisodeView>> ConfirmedBefore(Episode episode, string fileId, CancellationToken cancellationToken) =>
        episode.IttybitFileId == fileId
            ? await episodes.View(episode, cancellationToken)
            : Refusals.Conflict(episode.IttybitFileId is null
                ? $"This episode is {episode.Status} and waits for no upload."
                : "This episode's upload was confirmed with another file.");
}
