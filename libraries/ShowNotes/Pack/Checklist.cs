namespace Podcast.ShowNotes;

/// <summary>What a person does for one channel, what stands in the way, and what was changed for him.</summary>
internal sealed class Checklist(string channel)
{
    private readonly List<string> lines = [channel, ""];

    public Checklist Do(string step)
    {
        lines.Add($"[ ] {step}");
        return this;
    }

    public Checklist DoIf(bool isNeeded, string step) => isNeeded ? Do(step) : this;

    /// <param name="leftOut">Why there is no such part; null if there is.</param>
    public Checklist DoUnless(string? leftOut, string step, string part)
    {
        lines.Add(leftOut is null ? $"[ ] {step}" : $"[-] No {part}: {leftOut}");
        return this;
    }

    public Checklist Tell(IReadOnlyCollection<MetadataViolation> violations, IEnumerable<string> changes)
    {
        lines.AddRange(violations.Select(violation => $"[!] {violation.Message}"));
        string[] told = [.. changes.Select(change => $"- {change}")];
        if (told.Length > 0)
            lines.AddRange(["", "Changed:", .. told]);
        return this;
    }

    public override string ToString() => string.Join('\n', lines);
}
