using Podcast.Contracts;

namespace Podcast.FaultRunner.Evidence;

/// <summary>A publication in the publisher's table.</summary>
/// <param name="State">The state of the state machine: <c>Published</c> …</param>
/// <param name="Reason">Why it waits or failed.</param>
internal sealed record PublicationFact(Guid EpisodeId, PublishingChannel Channel, string State, string Step, string? Reason)
{
    public bool HasEnded => State is not ("Working" or "Retracting");
}

/// <summary>An episode at Transistor or a video on YouTube, by the emulator's own ledger.</summary>
/// <param name="Sha256">The hash of its bytes, at Transistor without the tag in front; null: it has none.</param>
internal sealed record ChannelItem(PublishingChannel Channel, string Id, string Title, bool IsPublic, string? Sha256);
