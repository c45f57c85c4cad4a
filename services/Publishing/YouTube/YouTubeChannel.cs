using System.Globalization;
using System.Text.Json.Nodes;

namespace Podcast.Publishing.YouTube;

/// <summary>Publishes at YouTube: private until it is complete and read back.</summary>
internal sealed class YouTubeChannel(
    YouTubeClient youTube, VideoTransfer transfer, VideoCaptions captions, VideoThumbnail thumbnail, VideoAccess accounts,
    VideoTexts texts, TimeProvider clock) : IChannel
{
    public PublishingChannel Kind => PublishingChannel.Youtube;

    public Task<StepResult> Prepare(Publication publication, CancellationToken cancellationToken) =>
        transfer.Prepare(publication, cancellationToken);

    public Task<StepResult> Send(Publication publication, bool again, CancellationToken cancellationToken) =>
        transfer.Send(publication, again, cancellationToken);

    /// <summary>Waits until YouTube has processed the video, and compares channel and size.</summary>
    public async Task<StepResult> ReadBack(Publication publication, CancellationToken cancellationToken)
    {
        var video = await Read(publication, cancellationToken);
        var status = video["status"];
        var link = new Uri($"https://www.youtube.com/watch?v={publication.RemoteId}");
        switch ((string?)status?["uploadStatus"])
        {
            case "uploaded":
                return StepResult.Later("YouTube is processing the video.");
            case "failed":
                throw StepException.Refused(
                    $"YouTube could not process the video: {(string?)status!["failureReason"]}.", "Check the episode's MP4.");
            case "rejected":
                throw StepException.Refused(
                    $"YouTube rejected the video: {(string?)status!["rejectionReason"]}.", "See YouTube Studio for what can be done.");
            case "deleted":
                throw StepException.Refused("The video was deleted on YouTube.");
        }

        var size = (string?)video["fileDetails"]?["fileSize"];
        return size is null || long.Parse(size, CultureInfo.InvariantCulture) == publication.Total
            ? StepResult.Done(new PublicationReceipt(Link: link))
            : throw StepException.Refused($"YouTube has {size} bytes of the video, and {publication.Total} were sent.");
    }

    public Task<StepResult> AttachThumbnail(Publication publication, CancellationToken cancellationToken) =>
        thumbnail.Attach(publication, cancellationToken);

    public Task<StepResult> AttachCaptions(Publication publication, CancellationToken cancellationToken) =>
        captions.Attach(publication, cancellationToken);

    public Task<StepResult> ConfirmCaptions(Publication publication, CancellationToken cancellationToken) =>
        captions.Confirm(publication, cancellationToken);

    public async Task<StepResult> Release(Publication publication, CancellationToken cancellationToken)
    {
        var video = await Read(publication, cancellationToken);
        var metadata = (await texts.Compile(publication, cancellationToken)).Metadata;
        var description = (string?)video["snippet"]?["description"] ?? "";
        if (description.Contains(publication.Reference, StringComparison.Ordinal))
        {
            var access = await accounts.Of(publication, cancellationToken);
            await youTube.UpdateVideo(access, VideoTexts.Released(publication, metadata, clock.GetUtcNow()), cancellationToken);
            return StepResult.Nothing;
        }

        if (IsReleased(video, publication) || description.Trim() == metadata.Description.Trim())
            return StepResult.Nothing; // released before a crash, or by a person
        throw StepException.Refused(
            "Somebody has edited the video's description by hand on YouTube. It is not overwritten, so the video was not released.",
            "Release it in YouTube Studio, and retry the publication.");
    }

    public async Task<StepResult> Confirm(Publication publication, CancellationToken cancellationToken)
    {
        var video = await Read(publication, cancellationToken);
        if (IsReleased(video, publication))
        {
            return DateTimeOffset.TryParse((string?)video["status"]?["publishAt"], CultureInfo.InvariantCulture, out var at)
                ? StepResult.Done(publication.Scheduled(at.ToUniversalTime()))
                : StepResult.Done();
        }

        throw StepException.Refused(
            $"The video is {Privacy(video)} although it was made {Wanted(publication)}: YouTube locks videos of projects that it has not "
            + "audited.",
            "Have the Google project audited (YouTube API Services form), or upload this episode by hand.");
    }

    public async Task<StepResult> Retract(Publication publication, CancellationToken cancellationToken)
    {
        var access = await accounts.Of(publication, cancellationToken);
        var video = await Read(publication, cancellationToken);
        if (Privacy(video) != "private" || video["status"]?["publishAt"] is not null)
        {
            var snippet = video["snippet"]!.DeepClone().AsObject();
            var status = new JsonObject
            {
                ["privacyStatus"] = "private",
                ["selfDeclaredMadeForKids"] = video["status"]?["selfDeclaredMadeForKids"]?.DeepClone(),
                ["containsSyntheticMedia"] = video["status"]?["containsSyntheticMedia"]?.DeepClone(),
            };
            await youTube.UpdateVideo(
                access, new JsonObject { ["id"] = publication.RemoteId, ["snippet"] = snippet, ["status"] = status }, cancellationToken);
        }

        return StepResult.Done(new PublicationReceipt(Notes: ["It remains on YouTube as a private video."]));
    }

    private async Task<JsonObject> Read(Publication publication, CancellationToken cancellationToken)
    {
        var access = await accounts.Of(publication, cancellationToken);
        var video = await youTube.Video(access, publication.RemoteId!, cancellationToken)
            ?? throw StepException.Refused("The video is no longer on YouTube.", "Look in YouTube Studio whether somebody has deleted it.");
        return (string?)video["snippet"]?["channelId"] == access.ChannelId
            ? video
            : throw StepException.Refused("The video belongs to another channel than the show's.");
    }

    /// <summary>True if the video is as public as the show wants it, or will be.</summary>
    private static bool IsReleased(JsonObject video, Publication publication) =>
        Privacy(video) == Wanted(publication) || (Privacy(video) == "private" && video["status"]?["publishAt"] is not null);

    private static string? Privacy(JsonObject video) => (string?)video["status"]?["privacyStatus"];

    private static string Wanted(Publication publication) => WireNames<VideoPrivacy>.Of(publication.Show.Channels.Youtube!.Privacy);
}
