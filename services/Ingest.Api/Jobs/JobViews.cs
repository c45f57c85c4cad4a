namespace Podcast.Ingest.Api.Jobs;

/// <summary>The body of <c>POST /jobs</c>.</summary>
/// <param name="Action"><c>retry</c>, <c>resume</c> or <c>cancel</c>.</param>
/// <param name="Status">The status of the episodes.</param>
/// <param name="Q">As in <c>GET /episodes</c>; null: all of that status.</param>
/// <param name="AtMost">If more match, nothing is done: what a person has confirmed is not what it would be.</param>
/// <param name="Why">The reason, stored in the history; at most 500 characters.</param>
internal sealed record StartJobRequest(
    [property: Required, RegularExpression("retry|resume|cancel", ErrorMessage = "must be retry, resume or cancel.")] string Action,
    [property: Required] string Status,
    [property: MaxLength(EpisodeFilter.LongestText), PlainText] string? Q = null,
    [property: Range(1, EpisodeJobs.MostEpisodes)] int? AtMost = null,
    [property: MaxLength(500), PlainText] string? Why = null);

/// <summary>Something that is done with many episodes. Times are UTC.</summary>
/// <param name="Action"><c>retry</c>, <c>resume</c> or <c>cancel</c>.</param>
/// <param name="Step">The step of the cause; null if the job is not about one step.</param>
/// <param name="Message">The cause, or which episodes it is.</param>
/// <param name="Total">The number of episodes.</param>
/// <param name="Open">Of these, how many have not had their turn.</param>
/// <param name="Refused">Of these, for how many it was no longer possible.</param>
/// <param name="Statuses">What became of the rest: the number of episodes by their present status.</param>
/// <param name="Items">Null in lists.</param>
/// <param name="NextAfter">The <c>after</c> of the next page of items; null if these are the last.</param>
internal sealed record JobView(
    Guid Id, string Action, string? Step, string Message, string? Why, string By, DateTime CreatedAt, DateTime? DoneAt, int Total, int Open,
    int Refused, IReadOnlyDictionary<string, int>? Statuses, IReadOnlyList<JobItemView>? Items, Guid? NextAfter = null);

/// <summary>One episode of a job.</summary>
/// <param name="Result"><c>requested</c> or <c>refused</c>; null before its turn.</param>
/// <param name="Note">Why it was refused.</param>
/// <param name="Status">The episode's present status.</param>
internal sealed record JobItemView(Guid EpisodeId, string Title, string? Result, string? Note, string Status, string? Reason);

/// <summary>The newest jobs.</summary>
internal sealed record JobsView(IReadOnlyList<JobView> Jobs);
