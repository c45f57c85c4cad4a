namespace Podcast.Publishing.Channels;

/// <summary>How a step ended; see <see cref="PublicationStepEnded"/>.</summary>
internal sealed record StepResult(
    StepOutcome Outcome, PublicationReceipt? Receipt = null, string? Reason = null, string? Advice = null, DateTimeOffset? Until = null)
{
    public static readonly StepResult Nothing = new(StepOutcome.Done);

    public static StepResult Done(PublicationReceipt? receipt = null) => new(StepOutcome.Done, receipt);

    public static StepResult More(PublicationReceipt receipt) => new(StepOutcome.More, receipt);

    public static StepResult Later(string reason, DateTimeOffset? until = null) => new(StepOutcome.Later, null, reason, null, until);
}

/// <summary>A step that cannot be done now, or at all.</summary>
/// <param name="reason">For display; no secrets, no addresses.</param>
/// <param name="advice">What a person can do.</param>
/// <param name="until">When to try again.</param>
/// <param name="receipt">What was learned nevertheless.</param>
internal class StepException(
    StepOutcome outcome, string reason, string? advice = null, DateTimeOffset? until = null, PublicationReceipt? receipt = null)
    : Exception(reason)
{
    public StepResult Result { get; } = new(outcome, receipt, reason, advice, until);

    public static StepException Refused(string reason, string? advice = null) => new(StepOutcome.Refused, reason, advice);

    public static StepException Failed(string reason) => new(StepOutcome.Failed, reason);
}
