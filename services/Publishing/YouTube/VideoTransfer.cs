using System.Text.Json.Nodes;
using Podcast.Publishing.Planning;

namespace Podcast.Publishing.YouTube;

/// <summary>
/// Uploads the video, one chunk per step, from its address to YouTube. After anything that went wrong the session is asked how much it
/// has; if it is gone, the channel's uploads are searched for our reference before another upload begins.
/// </summary>
internal sealed class VideoTransfer(
    YouTubeClient youTube, UploadSession sessions, SourceFiles sources, VideoAccess accounts, VideoTexts texts, Turns turns,
    YouTubeQuota quota, IOptions<PublishingOptions> options)
{
    private const string What = "video";

    public async Task<StepResult> Prepare(Publication publication, CancellationToken cancellationToken)
    {
        var (metadata, chapters) = await texts.Compile(publication, cancellationToken);
        var output = publication.Output(TaskKind.VideoTranscode)
            ?? throw StepException.Refused("The episode has no video.", "Upload it with the task video.");
        var access = await accounts.Of(publication, cancellationToken);
        if (publication.WasSessionLost && await youTube.FindUpload(access, publication, cancellationToken) is { } found)
            return StepResult.Done(new PublicationReceipt(RemoteId: found, Sent: publication.Total));

        using var first = await sources.Open(What, output, publication.Source, from: 0, length: 1, cancellationToken);
        await turns.SpendUpload(publication, access, cancellationToken);
        var session = await Begin(access, VideoTexts.Uploaded(publication, metadata), first.Total, cancellationToken);
        string[] notes =
        [
            .. metadata.Notes, .. chapters.Repairs, .. chapters.LeftOut is { } why ? new[] { $"Without chapters: {why}." } : [],
        ];
        return StepResult.Done(new PublicationReceipt(
            Session: session, Sent: 0, Total: first.Total, Source: first.Address == output.Url ? null : first.Address, Notes: notes));
    }

    private async Task<Uri> Begin(YouTubeAccess access, JsonObject video, long length, CancellationToken cancellationToken)
    {
        try
        {
            var session = await youTube.BeginUpload(access, video, length, cancellationToken);
            await quota.ResumeUploads(access.ChannelId, cancellationToken);
            return session;
        }
        catch (UploadLimitException limit)
        {
            await quota.PauseUploads(access.ChannelId, limit.Until, cancellationToken);
            throw;
        }
    }

    public async Task<StepResult> Send(Publication publication, bool again, CancellationToken cancellationToken)
    {
        if (publication.RemoteId is not null)
            return StepResult.Nothing; // found after its session was lost
        var (session, total, from) = (publication.Session!, publication.Total!.Value, publication.Sent);
        if (again)
        {
            var state = await sessions.Ask(session, total, cancellationToken);
            if (state.IsGone || state.VideoId is not null)
                return After(state, total, null);
            from = state.Stored;
        }

        var output = publication.Output(TaskKind.VideoTranscode)!;
        using var chunk = await sources.Open(What, output, publication.Source, from, options.Value.ChunkSize, cancellationToken);
        if (chunk.Total != total)
            throw StepException.Refused($"The video's file has {chunk.Total} bytes, and {total} when its upload began.");
        var sent = await sessions.Send(session, chunk.Content, from, chunk.Length, total, cancellationToken);
        return After(sent, total, chunk.Address == output.Url ? null : chunk.Address);
    }

    private static StepResult After(UploadState state, long total, Uri? source) => state switch
    {
        { IsGone: true } => new(StepOutcome.SessionLost, null, "The upload session has expired; the channel is searched for the video."),
        { VideoId: { } id } => StepResult.Done(new PublicationReceipt(RemoteId: id, Sent: total, Source: source)),
        _ => StepResult.More(new PublicationReceipt(Sent: state.Stored, Source: source)),
    };
}
