using Podcast.ShowNotes;
using Podcast.Transistor;
using EpisodeStatus = Podcast.Transistor.EpisodeStatus;

namespace Podcast.Publishing.Transistor;

/// <summary>
/// Publishes at Transistor: always a draft first; its audio is uploaded with a tag that has the chapters; it is published only after
/// Transistor has processed the audio, because it sends silence to subscribers otherwise.
/// </summary>
internal sealed class TransistorChannel(
    TransistorCalls transistor, DraftClaims claims, AudioTransfer audio, EpisodeVideo videos, PublishedTexts texts, TimeProvider clock)
    : IChannel
{
    private static readonly TimeSpan Negligible = TimeSpan.FromMinutes(1);

    public PublishingChannel Kind => PublishingChannel.Transistor;

    public async Task<StepResult> Prepare(Publication publication, CancellationToken cancellationToken)
    {
        var show = transistor.ShowOf(publication);
        var chapters = await texts.Chapters(publication, cancellationToken);
        var metadata = PublishedTexts.Transistor(publication, chapters, null);
        if (metadata.Violations.Count > 0)
        {
            throw StepException.Refused(
                string.Join(' ', metadata.Violations.Select(violation => violation.Message)),
                "Correct the show's patterns and retry, or upload the episode again with other texts.");
        }

        if (publication.Output(TaskKind.AudioExtraction) is null)
            throw StepException.Refused("The episode has no audio.", "Upload it with the task audio.");
        var form = new EpisodeForm
        {
            ShowId = show.ShowId,
            Title = metadata.Title,
            Description = publication.Reference, // by which it is found after a crash; the real one follows with the audio
            IncrementNumber = publication.Episode.Details?.Number is null ? "true" : null,
        };
        var draft = await claims.FindOrMake(
            publication.CorrelationId,
            () => transistor.FindDraft(publication, cancellationToken),
            async () =>
                (await transistor.Call(publication, api => api.CreateEpisode(form, cancellationToken), cancellationToken)).Data.Id,
            cancellationToken);
        return StepResult.Done(new PublicationReceipt(RemoteId: draft, Notes: Notes(metadata, chapters)));
    }

    public async Task<StepResult> Send(Publication publication, bool again, CancellationToken cancellationToken)
    {
        var chapters = await texts.Chapters(publication, cancellationToken);
        var metadata = PublishedTexts.Transistor(publication, chapters, null);
        var transcript = await texts.Transcript(publication, cancellationToken);
        var video = await videos.Address(publication, cancellationToken);
        var (audioUrl, receipt) = await audio.Send(publication, metadata.Title, chapters, cancellationToken);
        await transistor.Update(
            publication,
            new EpisodeForm
            {
                AudioUrl = audioUrl.AbsoluteUri,
                Title = metadata.Title,
                Summary = metadata.Summary ?? publication.Episode.Details?.Summary,
                Description = metadata.Description,
                TranscriptText = transcript?.Text,
                ImageUrl = publication.Episode.Details?.Image?.AbsoluteUri,
                VideoUrl = video,
                Season = publication.Episode.Details?.Season,
                Number = publication.Episode.Details?.Number,
                Type = "full",
            },
            cancellationToken);
        return StepResult.Done(receipt);
    }

    public async Task<StepResult> ReadBack(Publication publication, CancellationToken cancellationToken)
    {
        var episode = await transistor.Episode(publication, cancellationToken);
        return Unready(episode) ?? StepResult.Done(new PublicationReceipt(Link: LinkOf(episode)));
    }

    public Task<StepResult> AttachThumbnail(Publication publication, CancellationToken cancellationToken) =>
        Task.FromResult(StepResult.Nothing);

    public Task<StepResult> AttachCaptions(Publication publication, CancellationToken cancellationToken) =>
        Task.FromResult(StepResult.Nothing);

    public Task<StepResult> ConfirmCaptions(Publication publication, CancellationToken cancellationToken) =>
        Task.FromResult(StepResult.Nothing);

    public async Task<StepResult> Release(Publication publication, CancellationToken cancellationToken)
    {
        var episode = await transistor.Episode(publication, cancellationToken);
        if (episode.Status is EpisodeStatus.Published or EpisodeStatus.Scheduled)
            return StepResult.Nothing; // released before a crash, or by a person
        if (Unready(episode) is { } wait)
            return wait; // somebody has replaced the audio since it was read back

        if (await videos.Link(publication, cancellationToken) is { } video)
            await transistor.Update(publication, new EpisodeForm { YoutubeUrl = video.AbsoluteUri }, cancellationToken);

        var form = publication.ReleaseAt is { } at && at > clock.GetUtcNow() + Negligible
            ? PublishForm.At(at, await transistor.ZoneOf(publication, cancellationToken), clock)
            : new PublishForm { Status = EpisodeStatus.Published };
        await transistor.SetStatus(publication, form, cancellationToken);
        return StepResult.Nothing;
    }

    public async Task<StepResult> Confirm(Publication publication, CancellationToken cancellationToken)
    {
        var episode = await transistor.Episode(publication, cancellationToken);
        return episode.Status switch
        {
            EpisodeStatus.Published => StepResult.Done(new PublicationReceipt(Link: LinkOf(episode))),
            EpisodeStatus.Scheduled =>
                StepResult.Done(publication.Scheduled(episode.PublishedAt ?? publication.ReleaseAt) with { Link = LinkOf(episode) }),
            _ => throw StepException.Refused(
                "The episode is a draft at Transistor, although it was published.", "Look in Transistor's dashboard who took it back."),
        };
    }

    public async Task<StepResult> Retract(Publication publication, CancellationToken cancellationToken)
    {
        await transistor.SetStatus(publication, new PublishForm { Status = EpisodeStatus.Draft }, cancellationToken);
        return StepResult.Done(new PublicationReceipt(Notes:
            ["It remains at Transistor as a draft. Apps that have downloaded it keep it until they read the feed again."]));
    }

    /// <summary>Why the episode must wait; null if it can be published.</summary>
    /// <exception cref="StepException">It never can.</exception>
    private static StepResult? Unready(EpisodeAttributes episode) => episode switch
    {
        { ProcessingFailure: { Length: > 0 } failure } => throw StepException.Refused(
            $"Transistor could not process the audio: {failure}", "Check the episode's MP3, and retry the publication."),
        { IsReadyToPublish: false } => StepResult.Later("Transistor is processing the audio."),
        { VideoProcessing: true } => StepResult.Later("Transistor is processing the video."),
        _ => null,
    };

    private static Uri? LinkOf(EpisodeAttributes episode) => Uri.TryCreate(episode.ShareUrl, UriKind.Absolute, out var link) ? link : null;

    private static string[] Notes(TransistorMetadata metadata, ChapterList chapters) =>
        [.. metadata.Notes, .. chapters.Repairs, .. chapters.LeftOut is { } why ? new[] { $"Without chapters: {why}." } : []];
}
