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
    public static CauseView Of(IReadOnlyList<FailedEpisode> newestFirst, int examples)
    {
        var newest = newestFirst[0];
        return new(
            newest.Cause.Id, newest.Cause.Step?.WireName(), newest.Cause.Code, newest.Cause.Message, newest.Text, newestFirst.Count,
            newestFirst.Count(episode => episode.Status == Status.Of(EpisodeStatus.Held)), newestFirst[^1].At.UtcDateTime,
            newest.At.UtcDateTime, examples == 0 ? null : [.. newestFirst.Take(examples).Select(FailedEpisodeView.Of)]);
    }
}

/// <summary>An episode that failed or is held.</summary>
internal sealed record FailedEpisodeView(Guid Id, string Title, string Status, DateTime At)
{
    public static FailedEpisodeView Of(FailedEpisode episode) => new(episode.Id, episode.Title, episode.Status, episode.At.UtcDateTime);
}

/// <summary>A retry of all episodes of a cause. Times are UTC.</summary>
/// <param name="Total">The number of episodes that are retried.</param>
/// <param name="Open">Of these, how many have not had their turn.</param>
/// <param name="Refused">Of these, how many could not be retried any more.</param>
/// <param name="Statuses">What became of the rest: the number of episodes by their present status.</param>
/// <param name="Items">Null in lists.</param>
/// <param name="NextAfter">The <c>after</c> of the next page of items; null if these are the last.</param>
internal sealed record RetryJobView(
    Guid Id, string? Step, string Message, string? Why, string By, DateTime CreatedAt, DateTime? DoneAt, int Total, int Open, int Refused,
    IReadOnlyDictionary<string, int>? Statuses, IReadOnlyList<RetryItemView>? Items, Guid? NextAfter = null);

/// <summary>One episode of a job.</summary>
/// <param name="Result"><c>requested</c> or <c>refused</c>; null before its turn.</param>
/// <param name="Note">Why it was refused.</param>
/// <param name="Status">The episode's present status.</param>
internal sealed record RetryItemView(Guid EpisodeId, string Title, string? Result, string? Note, string Status, string? Reason);

/// <summary>The newest jobs.</summary>
internal sealed record RetryJobsView(IReadOnlyList<RetryJobView> Jobs);
