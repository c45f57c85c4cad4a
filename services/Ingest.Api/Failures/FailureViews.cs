namespace Podcast.Ingest.Api.Failures;

/// <summary>The body of <c>POST /failures/{cause}/retry</c>; optional.</summary>
/// <param name="Limit">Retries only so many, the newest: 1 to try first whether it helps. Null means all.</param>
/// <param name="Why">The reason, stored in the history; at most 500 characters.</param>
internal sealed record RetryCauseRequest(
    [property: Range(1, 1_000_000)] int? Limit = null, [property: MaxLength(500), PlainText] string? Why = null);

/// <summary>The causes for which episodes failed or are held, the most frequent first.</summary>
internal sealed record FailuresView(IReadOnlyList<CauseView> Causes);

/// <summary>A cause and its episodes. Times are UTC.</summary>
/// <param name="Step">The kind of the task; null if the episode itself is the matter.</param>
/// <param name="Message">The message with <c>#</c> in place of what differs.</param>
/// <param name="Example">A message as it is.</param>
/// <param name="Episodes">The newest; null in the list of causes.</param>
internal sealed record CauseView(
    string Id, string? Step, string? Code, string Message, string Example, int Count, int Held, DateTime FirstAt, DateTime LastAt,
    IReadOnlyList<FailedEpisodeView>? Episodes)
{
    /// <param name="newer">The view of the episodes of this cause that failed later; null if there are none.</param>
    public static CauseView Of(FailedEpisode episode, CauseView? newer)
    {
        var (at, cause) = (episode.At.UtcDateTime, episode.Cause);
        newer ??= new(cause.Id, cause.Step?.WireName(), cause.Code, cause.Message, episode.Text, 0, 0, at, at, null);
        var held = episode.Status == Status.Of(EpisodeStatus.Held) ? 1 : 0;
        return newer with { Count = newer.Count + 1, Held = newer.Held + held, FirstAt = at };
    }
}

/// <summary>An episode that failed or is held.</summary>
internal sealed record FailedEpisodeView(Guid Id, string Title, string Status, DateTime At)
{
    public static FailedEpisodeView Of(FailedEpisode episode) => new(episode.Id, episode.Title, episode.Status, episode.At.UtcDateTime);
}
