using Podcast.FaultRunner.Evidence;

namespace Podcast.FaultRunner.Invariants;

/// <summary>Checks all invariants.</summary>
internal static class Checker
{
    public static IReadOnlyList<InvariantResult> Check(RunEvidence run) =>
    [
        new("INV1", "every accepted episode is there once and has an end", Endings.Measure(run), [.. Endings.Violations(run)]),
        new("INV2", "one task per episode, kind and attempt, and both ledgers agree", OneTaskEach.Measure(run), [.. OneTaskEach.Violations(run)]),
        new("INV3", "each episode is announced as processed once", OneAnnouncement.Measure(run), [.. OneAnnouncement.Violations(run)]),
        new("INV4", "what the gateway acknowledged was consumed and counts", Webhooks.Measure(run), [.. Webhooks.Violations(run)]),
        new("INV5", "state only moves forward", ForwardOnly.Measure(run), [.. ForwardOnly.Violations(run)]),
        new("INV6", "each change has one line of history, each cause one effect", Histories.Measure(run), [.. Histories.Violations(run)]),
        new("INV7", "no message vanished or is left over", Messages.Measure(run), [.. Messages.Violations(run)]),
        new("INV8", "what was refused changed nothing", Refusals.Measure(run), [.. Refusals.Violations(run)]),
        new("INV9", "calls to the provider keep to the rate", CallRate.Measure(run), [.. CallRate.Violations(run)]),
        new("INV10", "no secret left a process", Secrecy.Measure(run), [.. Secrecy.Violations(run)]),
        new("INV11", "enough work was finished", FinishedWork.Measure(run), [.. FinishedWork.Violations(run)]),
        new(
            "INV12", "at most one item per episode and channel, and its bytes are the output's", OneItemEach.Measure(run),
            [.. OneItemEach.Violations(run)]),
        new("ends", "no process ended by itself, and each ended well when told to", $"{run.BadEnds.Count} did", [.. run.BadEnds]),
    ];
}
