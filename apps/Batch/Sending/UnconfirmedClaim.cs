namespace Podcast.Batch.Sending;

/// <summary>A claim whose request was sent but not answered, so that it is unknown whether Ittybit made the task.</summary>
/// <param name="Until">If the task is not in Ittybit's list at this time, it was never made.</param>
/// <param name="LookAt">When the list is searched for the task next.</param>
/// <param name="Cause">The <see cref="FailureCauses"/> value of the item if all tries fail.</param>
/// <param name="Reason">The result of the last try, for users.</param>
internal sealed record UnconfirmedClaim(Claim Claim, DateTimeOffset Until, DateTimeOffset LookAt, string Cause, string Reason);
