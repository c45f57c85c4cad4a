namespace Podcast.Emulators.Transistor;

/// <param name="Fields">What the API was given, of <see cref="EpisodeFields.Writable"/>.</param>
/// <param name="Status"><c>draft</c>, <c>scheduled</c> or <c>published</c>.</param>
internal sealed record Episode(
    string Id, string ShowId, Dictionary<string, string?> Fields, string Status, DateTimeOffset? PublishedAt,
    EpisodeAudio? Audio, DateTimeOffset? VideoReadyAt, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt,
    List<TransistorTransition> Transitions)
{
    /// <summary>Whether subscribers would hear nothing.</summary>
    public bool IsSilent(DateTimeOffset now) => Audio is null || Audio.IsProcessing(now) || Audio.FailureAt(now) is not null;

    /// <summary>Moves the episode to a state, and records what went out by that.</summary>
    public Episode To(string status, DateTimeOffset? publishedAt, DateTimeOffset at) => this with
    {
        Status = status,
        PublishedAt = publishedAt,
        UpdatedAt = at,
        Transitions = [.. Transitions, new TransistorTransition(at, Status, status, status == "published" && IsSilent(at))],
    };
}

/// <summary>The audio of an episode: its bytes are not kept.</summary>
/// <param name="ReadyAt">The end of its processing; null before it was fetched.</param>
/// <param name="Sha256">In lower-case hex.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Failure">What <c>processing_failure</c> says after the end of the processing.</param>
/// <param name="UntaggedSha256">See <see cref="AudioMeasure"/>.</param>
internal sealed record EpisodeAudio(
    string Url, DateTimeOffset? ReadyAt = null, string? Sha256 = null, long? Length = null, string? Failure = null,
    string? UntaggedSha256 = null)
{
    public bool IsProcessing(DateTimeOffset now) => ReadyAt is null || now < ReadyAt;

    public string? FailureAt(DateTimeOffset now) => IsProcessing(now) ? null : Failure;
}

/// <summary>A change of an episode's state.</summary>
/// <param name="SentSilence">Published although its audio was absent, still processed or unusable: subscribers heard nothing.</param>
public sealed record TransistorTransition(DateTimeOffset At, string From, string To, bool SentSilence);
