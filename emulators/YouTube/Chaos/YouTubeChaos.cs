using System.Collections.Concurrent;

namespace Podcast.Emulators.YouTube.Chaos;

/// <summary>Holds the dial, which survives a restart. Setting it restarts the numbering that its percentages use.</summary>
internal sealed class YouTubeChaos(Documents documents)
{
    private readonly ConcurrentDictionary<string, long> counts = new();
    private volatile YouTubeDial dial =
        documents.Setting("chaos") is { } kept ? JsonSerializer.Deserialize<YouTubeDial>(kept, ChaosControl.Json)! : new YouTubeDial();

    public YouTubeDial Dial
    {
        get => dial;
        set
        {
            documents.SaveSetting("chaos", JsonSerializer.Serialize(value, ChaosControl.Json));
            dial = value;
            counts.Clear();
        }
    }

    /// <summary>The dice of the next request, chunk, session, video or caption track.</summary>
    public Dice Next(string about) => new(dial.Seed, about, counts.AddOrUpdate(about, 1, (_, count) => count + 1));
}
