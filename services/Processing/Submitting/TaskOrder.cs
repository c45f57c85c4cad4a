namespace Podcast.Processing.Submitting;

/// <summary>The common fields of the commands of all task kinds.</summary>
/// <param name="KnownTaskIds">Ittybit tasks of earlier attempts, which a lookup must not return for this one.</param>
/// <param name="Again">True: this attempt was requested before.</param>
/// <param name="FirstAskedAt">When it was requested for the first time; null if unknown.</param>
internal sealed record TaskOrder(
    TaskAttempt Name, EpisodeSource? Source, IReadOnlyList<string>? KnownTaskIds, bool Again, DateTimeOffset? FirstAskedAt)
{
    public bool IsOfEarlierAttempt(string taskId) => KnownTaskIds?.Contains(taskId, StringComparer.Ordinal) ?? false;
}
