namespace Podcast.Emulators.Transistor;

/// <summary>Gives tests and the host process access to the dial and to what was received.</summary>
public sealed class TransistorEmulator(IServiceProvider services)
{
    private readonly TransistorChaos chaos = services.GetRequiredService<TransistorChaos>();
    private readonly EpisodeBook episodes = services.GetRequiredService<EpisodeBook>();
    private readonly RateLimits limits = services.GetRequiredService<RateLimits>();
    private readonly TransistorWebhooks webhooks = services.GetRequiredService<TransistorWebhooks>();

    /// <summary>The dial. Setting it restarts the numbering of requests that its percentages use.</summary>
    public TransistorDial Chaos
    {
        get => chaos.Dial;
        set => chaos.Dial = value;
    }

    /// <summary>The episodes, oldest first.</summary>
    public IReadOnlyList<TransistorEpisodeReport> Episodes =>
        [.. episodes.All.OrderBy(episode => episode.CreatedAt).ThenBy(episode => episode.Id).Select(Report)];

    /// <summary>The API requests with each key.</summary>
    public IReadOnlyList<TransistorKeyUse> Keys => limits.Uses;

    /// <summary>The webhooks that were sent, oldest first.</summary>
    public IReadOnlyList<TransistorDelivery> Deliveries => webhooks.Deliveries;

    private static TransistorEpisodeReport Report(Episode episode) => new(
        episode.Id, episode.ShowId, episode.Fields.GetValueOrDefault("title"), episode.Status, episode.PublishedAt, episode.Audio?.Url,
        episode.Audio?.Sha256, episode.Audio?.Length, episode.Transitions, episode.Audio?.UntaggedSha256);
}

/// <summary>An episode, and the proof of what was done with it.</summary>
/// <param name="Sha256">Of the audio that was received, in lower-case hex; null until it was.</param>
/// <param name="Length">Of the audio that was received, in bytes.</param>
/// <param name="Transitions">All changes of its state, oldest first.</param>
/// <param name="UntaggedSha256">The hash of the audio without its ID3v2 tag.</param>
public sealed record TransistorEpisodeReport(
    string Id, string ShowId, string? Title, string Status, DateTimeOffset? PublishedAt, string? AudioUrl, string? Sha256, long? Length,
    IReadOnlyList<TransistorTransition> Transitions, string? UntaggedSha256 = null);
