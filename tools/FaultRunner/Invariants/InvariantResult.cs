namespace Podcast.FaultRunner.Invariants;

/// <summary>The result of checking one invariant.</summary>
/// <param name="Measure">The extent of the check, in numbers.</param>
/// <param name="Violations">The violations; empty if the invariant holds.</param>
internal sealed record InvariantResult(string Name, string Claim, string Measure, IReadOnlyList<string> Violations)
{
    public bool Holds => Violations.Count == 0;
}
