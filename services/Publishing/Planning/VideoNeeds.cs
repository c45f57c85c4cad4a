using Podcast.Publishing.YouTube;

namespace Podcast.Publishing.Planning;

/// <summary>What a video needs of its Google project's quotas; it never changes.</summary>
/// <param name="Account">The name of the account, whose OAuth client stands for the project.</param>
/// <param name="ChannelId">YouTube's id of the channel.</param>
/// <param name="Captions">Off also without a transcript.</param>
/// <param name="NeedsApproval">True if a person must release it.</param>
internal sealed record VideoNeeds(string Account, string ChannelId, bool HasThumbnail, CaptionsPolicy Captions, bool NeedsApproval)
{
    private const int ReadsAfterProcessing = 2;

    public static VideoNeeds? Of(ShowSettings show, EpisodeProcessed episode) => show.Channels.Youtube is { } channel
        ? new(
            channel.Account, channel.ChannelId, Has(episode, TaskKind.Thumbnail),
            Has(episode, TaskKind.TranscriptGeneration) ? show.Captions : CaptionsPolicy.Off,
            show.Approval == ApprovalPolicy.Approve)
        : null;

    /// <summary>The units that the video still costs until it is public, from a step on; trailing captions are not among them.</summary>
    public int UnitsFrom(Step step, YouTubeOptions costs)
    {
        var reads = step <= Step.ReadBack ? costs.ReadsPerVideo : step <= Step.Confirm ? ReadsAfterProcessing : 0;
        var units = reads * costs.ReadCost;
        if (HasThumbnail && step <= Step.Thumbnail)
            units += costs.WriteCost;
        if (Captions == CaptionsPolicy.BeforePublic && step <= Step.Captions)
            units += costs.CaptionInsertCost + costs.CaptionListCost;
        return step <= Step.Release ? units + costs.WriteCost : units;
    }

    private static bool Has(EpisodeProcessed episode, TaskKind kind) => episode.Outputs.Any(output => output.Kind == kind);
}
