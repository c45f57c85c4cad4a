using System.Text.RegularExpressions;

namespace Podcast.Contracts;

/// <summary>The words of a show: its slug, and the placeholders of its patterns.</summary>
public static partial class ShowPattern
{
    /// <summary>The maximum length of a slug, in characters.</summary>
    public const int LongestSlug = 50;

    /// <summary>A slug as a regular expression: lower-case letters, digits and hyphens.</summary>
    public const string Slug = "[a-z0-9-]{1,50}";

    /// <summary>The names that a title's or a description's pattern may contain in braces, such as <c>{title}</c>.</summary>
    public static IReadOnlyList<string> Placeholders { get; } = ["title", "description", "chapters", "number", "season", "show"];

    /// <summary>True if <paramref name="text"/> is a valid slug.</summary>
    public static bool IsSlug(string? text) => text is not null && WholeSlug().IsMatch(text);

    [GeneratedRegex($@"\A{Slug}\z")]
    private static partial Regex WholeSlug();
}
