using System.Globalization;

namespace Podcast.Ittybit;

/// <summary>One attempt at one task of one episode. It names at most one task at Ittybit.</summary>
/// <param name="Attempt">1 for the first.</param>
public sealed record TaskAttempt(Guid EpisodeId, TaskKind Kind, int Attempt)
{
    /// <summary>
    /// The same for every request for this attempt: the <c>Idempotency-Key</c>, and the part of the callback's path that names
    /// it.
    /// </summary>
    public string Key => $"{EpisodeId}/{Kind.WireName()}/{Attempt}";

    /// <summary>The <c>ref</c> by which the task is found again: <c>podcast_audio-0f…-1</c>.</summary>
    public string Reference(string? label) => $"{label}-{EpisodeId:N}-{Attempt}";

    /// <summary>The attempt that a callback's path names; null when none of ours has such a path.</summary>
    public static TaskAttempt? Parse(string episodeId, string task, string attempt) =>
        Guid.TryParse(episodeId, out var id)
        && TaskKindNames.Parse(task) is { } kind
        && int.TryParse(attempt, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new TaskAttempt(id, kind, number)
            : null;
}
