namespace Podcast.Processing.Outputs;

/// <summary>What a reader leaves out of a file because it makes no sense, and why: one odd cue must not cost the others.</summary>
/// <param name="things">What is counted, for people: <c>cues</c>, <c>lines</c>, <c>chapters</c>.</param>
internal sealed class SkippedCues(string things)
{
    private readonly List<string> reasons = [];

    public int Count => reasons.Count;

    public void Add(string reason) => reasons.Add(reason);

    public void Add(SkippedCues others) => reasons.AddRange(others.reasons);

    /// <summary>One sentence for people; null when nothing was left out.</summary>
    /// <param name="kept">How many were kept.</param>
    public string? Note(int kept) => Count == 0
        ? null
        : FormattableString.Invariant($"Left out {Count} of {Count + kept} {things}: ") + string.Join(", ", reasons
            .GroupBy(reason => reason)
            .Select(group => group.Count() > 1 ? FormattableString.Invariant($"{group.Key} ({group.Count()} times)") : group.Key)) + ".";
}
