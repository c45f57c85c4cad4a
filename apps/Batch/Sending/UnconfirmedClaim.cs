using Podcast.Batch.Data;

namespace Podcast.Batch.Sending;

/// <summary>A claim that was sent and whose answer nobody has.</summary>
/// <param name="Until">From then on a task that is not in the list was never made.</param>
/// <param name="LookAt">When it is looked for next.</param>
/// <param name="Cause">What it fails with, should it never work.</param>
/// <param name="Reason">What became of the last try, for people.</param>
internal sealed record UnconfirmedClaim(Claim Claim, DateTimeOffset Until, DateTimeOffset LookAt, string Cause, string Reason);
