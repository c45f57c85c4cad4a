namespace Podcast.Ittybit.Dialects;

/// <summary>Determines the type of a resource from its <c>object</c> field, the prefix of its id, or the event.</summary>
internal static class Subject
{
    private static readonly HashSet<string> Tasks = new(StringComparer.OrdinalIgnoreCase) { "task", "job" };

    private static readonly HashSet<string> Files =
        new(StringComparer.OrdinalIgnoreCase) { "file", "source", "track", "intelligence" };

    private static readonly Dictionary<string, string> Prefixes = new(StringComparer.Ordinal)
    {
        ["task"] = "task",
        ["tsk"] = "task",
        ["job"] = "job",
        ["file"] = "file",
        ["med"] = "media",
        ["media"] = "media",
        ["run"] = "run",
        ["auto"] = "automation",
        ["we"] = "webhook_endpoint",
        ["con"] = "connection",
        ["conn"] = "connection",
    };

    public static bool IsFile(JsonElement content) => Of(content) is { } subject && Files.Contains(subject);

    /// <summary>The type of the resource if it is known and neither a task nor a file; otherwise null.</summary>
    public static string? Other(Envelope envelope)
    {
        var subject = Of(envelope.Content) ?? envelope.EventSubject;
        return subject is null || Tasks.Contains(subject) || Files.Contains(subject) ? null : subject;
    }

    private static string? Of(JsonElement content)
    {
        // The id's prefix is reliable; "object" is sometimes "list" or "object" in the oldest envelopes.
        if (content.Text("id")?.Split('_') is [var prefix, _, ..] && Prefixes.TryGetValue(prefix, out var known))
            return known;
        return content.Text("object") is { } word && word is not "object" ? word : null;
    }
}
