namespace Podcast.FaultRunner.Invariants;

/// <summary>Whether an invariant held.</summary>
/// <param name="Measure">What was looked at, in numbers.</param>
/// <param name="Violations">Empty when it held.</param>
internal sealed record Verdict(string Name, string Claim, string Measure, IReadOnlyList<string> Violations)
{
    public bool Holds => Violations.Count == 0;
}
