using Podcast.Ingest.Api.Shows;

namespace Podcast.Ingest.Api.Uploads;

/// <summary>
/// Accepts episodes. The episode and the announcement (outbox) are written in one transaction; <see cref="UploadSweep"/> repeats
/// an announcement that got lost later.
/// </summary>
internal sealed class EpisodeIntake(
    IngestDb db, EpisodeReader episodes, IdempotencyStore posts, ShowStore shows, IttybitUploads uploads, SourceCheck sources,
    IPublishEndpoint bus, IOptionsMonitor<UploadOptions> options, TimeProvider clock, ILogger<EpisodeIntake> logger)
{
    public async Task<Outcome<PreparedUpload>> Prepare(Posted<PrepareUpload> posted, CancellationToken cancellationToken)
    {
        if (await posts.Known<PreparedUpload>(posted.Key, cancellationToken) is { } known)
            return known;

        var (show, noShow) = await shows.Of(posted.Owner, posted.Body.Show, cancellationToken);
        if (noShow is not null)
            return noShow;

        var now = clock.GetUtcMilliseconds();
        var id = Guid.CreateVersion7(now);
        var signed = await uploads.Sign(posted, id, cancellationToken);
        if (signed.Answer is not { } upload)
            return signed.Refusal!;

        var episode = New(id, now, Status.AwaitingUpload, posted.Owner, posted.Body, show, posted.Body.Filename);
        episode.FileSize = posted.Body.Filesize;
        episode.IttybitFolder = upload.Folder;
        db.Episodes.Add(episode);
        var outcome = await posts.Save(posted.Key, new PreparedUpload(id, Status.AwaitingUpload, upload), cancellationToken);
        if (outcome.Answer?.Id == id)
            logger.UploadPrepared(id);
        return outcome;
    }

    public async Task<Outcome<EpisodeView>> Submit(Posted<SubmitEpisode> posted, CancellationToken cancellationToken)
    {
        if (await posts.Known<EpisodeView>(posted.Key, cancellationToken) is { } known)
            return known;
        var (show, noShow) = await shows.Of(posted.Owner, posted.Body.Show, cancellationToken);
        if (noShow is not null)
            return noShow;
        if (await sources.Refuse(posted.Body.Address, cancellationToken) is { } refusal)
            return refusal;

        var now = clock.GetUtcMilliseconds();
        var episode = New(Guid.CreateVersion7(now), now, Status.Uploaded, posted.Owner, posted.Body, show, posted.Body.Filename);
        episode.SourceUrl = VerbatimUri.Text(posted.Body.Address);
        episode.UploadedAt = now;
        episode.AnnounceAt = now + options.CurrentValue.AnnounceAgainAfter;
        db.Episodes.Add(episode);
        await bus.Publish(Announcement.Of(episode), cancellationToken);
        var outcome = await posts.Save(posted.Key, EpisodeView.Of(episode, hasTranscript: false, null), cancellationToken);
        if (outcome.Answer?.Id == episode.Id)
            logger.EpisodeSubmitted(episode.Id);
        return outcome;
    }

    public async Task<Outcome<EpisodeView>> Confirm(Posted<ConfirmUpload> posted, Guid id, CancellationToken cancellationToken)
    {
        var (owner, fileId) = (posted.Owner, posted.Body.IttybitFileId);
        if (await posts.Known<EpisodeView>(posted.Key, cancellationToken) is { } known)
            return known;
        if (await episodes.Find(owner, id, cancellationToken) is not { } episode)
            return Refusals.NoSuchEpisode;
        if (episode.Status != Status.AwaitingUpload)
            return await ConfirmedBefore(episode, fileId, cancellationToken);
        if (await IsAnothers(fileId, owner, cancellationToken))
            return IttybitUploads.UnknownFile;
        var (file, refusal) = await uploads.Find(fileId, id, cancellationToken);
        if (refusal is not null)
            return refusal;

        return await posts.Do<EpisodeView>(posted.Key, async () =>
        {
            await db.Lock(fileId, cancellationToken);
            if (await IsAnothers(fileId, owner, cancellationToken))
                return IttybitUploads.UnknownFile;

            // The row lock decides between concurrent confirmations, and makes the first snapshot wait until we commit.
            // Ittybit may not have probed the file yet: a size or duration of 0 or less means unknown.
            DateTimeOffset? now = clock.GetUtcMilliseconds();
            var size = file?.Filesize is > 0 and var bytes ? bytes : (long?)null;
            var length = file?.Duration is > 0 and var seconds ? seconds : (double?)null;
            var won = await db.Episodes
                .Where(e => e.Id == id && e.UserId == owner.Id && e.Status == Status.AwaitingUpload)
                .ExecuteUpdateAsync(set => set
                    .SetProperty(e => e.Status, Status.Uploaded)
                    .SetProperty(e => e.IttybitFileId, fileId)
                    .SetProperty(e => e.FileSize, e => size ?? e.FileSize)
                    .SetProperty(e => e.DurationSeconds, length)
                    .SetProperty(e => e.UploadedAt, now)
                    .SetProperty(e => e.AnnounceAt, now + options.CurrentValue.AnnounceAgainAfter)
                    .SetProperty(e => e.ChangedAt, now)
                    .SetProperty(e => e.UpdatedAt, now.Value), cancellationToken);

            var current = (await episodes.Find(owner, id, cancellationToken))!;
            if (won == 0)
                return await ConfirmedBefore(current, fileId, cancellationToken);

            await bus.Publish(Announcement.Of(current), cancellationToken);
            logger.UploadConfirmed(id);
            return EpisodeView.Of(current, hasTranscript: false, null);
        }, cancellationToken);
    }

    private static Episode New(
        Guid id, DateTimeOffset now, string status, Owner owner, NewEpisode request, Show? show, string? filename) => new()
        {
            Id = id,
            UserId = owner.Id,
            Title = request.Title,
            Description = request.Description,
            OriginalFilename = filename,
            RequestedTasks = TaskNames.Join(request.Tasks),
            Show = show?.Slug,
            Plan = show?.Put.Settings().Plan(TaskNames.Kinds(request.Tasks)),
            Details = request.Details?.In(show?.Put.Settings().Zone() ?? TimeZoneInfo.Utc),
            Status = status,
            CreatedAt = now,
            UpdatedAt = now,
            ChangedAt = now,
        };

    private async Task<Outcome<EpisodeView>> ConfirmedBefore(Episode episode, string fileId, CancellationToken cancellationToken) =>
        episode.IttybitFileId == fileId
            ? await episodes.View(episode, cancellationToken)
            : Refusals.Conflict(episode.IttybitFileId is null
                ? $"This episode is {episode.Status} and waits for no upload."
                : "This episode's upload was confirmed with another file.");

    private Task<bool> IsAnothers(string fileId, Owner owner, CancellationToken cancellationToken) =>
        db.Episodes.AnyAsync(e => e.IttybitFileId == fileId && e.UserId != owner.Id, cancellationToken);
}
