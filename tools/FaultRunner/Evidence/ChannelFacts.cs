using System.Text.Json;
using Podcast.Contracts;

namespace Podcast.FaultRunner.Evidence;

/// <summary>Reads the ledgers of both channels from the emulators' state files, after the emulators have ended.</summary>
/// <param name="directory">The directory of the run's data.</param>
internal sealed class ChannelFacts(string directory)
{
    public List<ChannelItem> Items() => [.. Transistor(), .. YouTube()];

    private List<ChannelItem> Transistor() => StateDatabase.Read(
        Path.Combine(directory, "transistor"), "SELECT body FROM documents WHERE kind = 'Episode' ORDER BY id", row =>
        {
            var episode = JsonElement.Parse(row.GetString(0));
            var audio = episode.GetProperty("Audio");
            return new ChannelItem(
                PublishingChannel.Transistor, episode.GetProperty("Id").GetString()!, episode.GetProperty("Fields").GetProperty("title").GetString()!,
                episode.GetProperty("Status").GetString() == "published",
                audio.ValueKind == JsonValueKind.Null ? null : audio.GetProperty("UntaggedSha256").GetString());
        });

    private List<ChannelItem> YouTube() => StateDatabase.Read(
        Path.Combine(directory, "youtube"), "SELECT document FROM documents WHERE type = 'Video' ORDER BY seq", row =>
        {
            var video = JsonElement.Parse(row.GetString(0));
            return new ChannelItem(
                PublishingChannel.Youtube, video.GetProperty("Id").GetString()!, video.GetProperty("Snippet").GetProperty("title").GetString()!,
                video.GetProperty("Status").GetProperty("privacyStatus").GetString() == "public",
                video.GetProperty("Content").GetProperty("Sha256").GetString());
        });
}
