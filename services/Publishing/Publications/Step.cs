using System.Text.Json;

namespace Podcast.Publishing.Publications;

/// <summary>The steps of a publication; <see cref="Course"/> has their order.</summary>
public enum Step
{
    Prepare,
    Send,
    ReadBack,
    Thumbnail,
    Captions,
    Release,

    /// <summary>Reads the item back after its release.</summary>
    Confirm,

    /// <summary>Captions of a video that is public already.</summary>
    TrailingCaptions,

    /// <summary>Lists these captions, because YouTube accepts some that never appear.</summary>
    ConfirmCaptions,
    Retract,
}

internal static class Steps
{
    extension(Step step)
    {
        public string Name => JsonNamingPolicy.SnakeCaseLower.ConvertName($"{step}");
    }

    /// <summary>The command that asks for the step.</summary>
    public static object Command(this Publication publication, bool again)
    {
        var (episode, channel, turn) = (publication.EpisodeId, publication.Channel, publication.Turn);
        return publication.Step switch
        {
            Step.Prepare => new PrepareDraft(episode, channel, turn),
            Step.Send => new SendChunk(episode, channel, turn, again),
            Step.ReadBack or Step.Confirm or Step.ConfirmCaptions => new ReadBack(episode, channel, turn),
            Step.Thumbnail => new AttachThumbnail(episode, channel, turn),
            Step.Captions or Step.TrailingCaptions => new AttachCaptions(episode, channel, turn),
            Step.Release => new Release(episode, channel, turn),
            Step.Retract => new Retract(episode, channel, turn),
            var other => throw new InvalidOperationException($"No command asks for {other}."),
        };
    }
}
