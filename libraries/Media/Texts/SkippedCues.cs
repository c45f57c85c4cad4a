namespace Podcast.Media;

/// <summary>
/// Counts the parts of a file that a reader skipped as invalid, with the reasons, so that one bad cue does not reject the file.
/// </summary>
/// <param name="things">The name of the counted parts, for people: <c>cues</c>, <c>lines</c>, <c>chapters</c>.</param>
internal sealed class SkippedCues(string things)
{
    private readonly List<string> reasons = [];

    public int Count => reasons.Count;

    public void Add(string reason) => reasons.Add(reason);

    public void Add(SkippedCues others) => reasons.AddRange(others.reasons);

    /// <summary>One sentence for people; null if nothing was skipped.</summary>
    /// <param name="kept">The number of parts that were kept.</param>
    public string? Note(int kept) => Count == 0
        ? null
        : FormattableString.Invariant($"Left out {Count} of {Count + kept} {things}: ") + string.Join(", ", reasons
            .GroupBy(reason => reason)
            .Select(group => group.Count() > 1 ? FormattableString.Invariant($"{group.Key} ({group.Count()} times)") : group.Key)) + ".";
}
