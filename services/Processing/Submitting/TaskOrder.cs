using Podcast.Contracts;
using Podcast.Ittybit;

namespace Podcast.Processing.Submitting;

/// <summary>What the four commands have in common.</summary>
/// <param name="KnownTaskIds">Ittybit's tasks of earlier attempts: never this one's.</param>
/// <param name="Again">True: this attempt was asked for before.</param>
/// <param name="FirstAskedAt">When it was asked for the first time; null if nobody knows.</param>
internal sealed record TaskOrder(
    TaskAttempt Name, EpisodeSource? Source, IReadOnlyList<string>? KnownTaskIds, bool Again, DateTimeOffset? FirstAskedAt)
{
    public bool IsOfEarlierAttempt(string taskId) => KnownTaskIds?.Contains(taskId, StringComparer.Ordinal) ?? false;
}
