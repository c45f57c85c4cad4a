namespace Podcast.Emulators.YouTube.Channels;

/// <summary>The channels of the settings.</summary>
internal sealed class ChannelDirectory(IOptions<YouTubeEmulatorOptions> options)
{
    private readonly List<YouTubeChannelOptions> channels =
        options.Value.Channels.Count > 0 ? options.Value.Channels : [new YouTubeChannelOptions()];

    public YouTubeChannelOptions First => channels[0];

    public YouTubeChannelOptions? Find(string? id) => channels.Find(channel => channel.Id == id);

    /// <summary>The playlist of all uploads of a channel: <c>UU</c> instead of <c>UC</c>.</summary>
    public static string Uploads(string channelId) => "UU" + channelId[2..];
}
