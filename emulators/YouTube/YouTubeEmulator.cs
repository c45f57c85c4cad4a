using Podcast.Emulators.YouTube.Inspection;

namespace Podcast.Emulators.YouTube;

/// <summary>Gives tests and the host process access to the dial and to what clients did.</summary>
public sealed class YouTubeEmulator(IServiceProvider services)
{
    private readonly YouTubeChaos chaos = services.GetRequiredService<YouTubeChaos>();
    private readonly Inspector inspector = services.GetRequiredService<Inspector>();

    /// <summary>The dial. Setting it restarts the numbering that its percentages use.</summary>
    public YouTubeDial Chaos
    {
        get => chaos.Dial;
        set => chaos.Dial = value;
    }

    /// <summary>All videos of all channels, oldest first.</summary>
    public IReadOnlyList<InspectedVideo> Videos => inspector.Videos();

    /// <summary>All uploads, also those that have no end, oldest first.</summary>
    public IReadOnlyList<InspectedUpload> Uploads => inspector.Uploads();

    /// <summary>What each project spent on each day.</summary>
    public IReadOnlyList<QuotaUse> Quota => inspector.Quota();
}
