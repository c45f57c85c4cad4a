namespace Podcast.ShowNotes;

/// <summary>
/// A text with placeholders: <c>{title}</c>, <c>{description}</c>, <c>{chapters}</c>, <c>{season}</c>, <c>{number}</c>, <c>{show}</c>,
/// and <c>{link:NAME}</c>. <c>{{</c> and <c>}}</c> are braces.
/// </summary>
public sealed partial class TextPattern
{
    private static readonly string[] Names = ["title", "description", "chapters", "season", "number", "show"];
    private readonly string[] paragraphs;

    /// <param name="links">The names of the links that can be asked for, such as <c>youtube</c>.</param>
    /// <exception cref="FormatException">It has an unknown placeholder, which the message names, or a single brace.</exception>
    public TextPattern(string pattern, params IEnumerable<string> links)
    {
        paragraphs = EmptyLines().Split(pattern.ReplaceLineEndings("\n").Trim('\n'));
        string[] known = [.. Names, .. links.Select(link => $"link:{link}")];
        foreach (var part in Parts().Matches(pattern).Select(match => match.Value).Except(["{{", "}}"]))
        {
            if (part.Length < 2)
                throw new FormatException($"A \"{part}\" has no other half; \"{part}{part}\" writes a brace.");
            if (!known.Contains(part[1..^1]))
                throw new FormatException($"{part} is unknown. Known are {string.Join(", ", known.Select(name => $"{{{name}}}"))}.");
        }
    }

    /// <summary>
    /// The text with all placeholders replaced. A line is left out if it has placeholders and none of them has a value; if that
    /// leaves a paragraph without any of its placeholders, so are its other lines, such as the heading of the chapters.
    /// </summary>
    /// <param name="values">By name; null or empty: the episode has no such value.</param>
    /// <param name="missing">The placeholders without a value, in braces.</param>
    public string Fill(Func<string, string?> values, out IReadOnlyList<string> missing)
    {
        var without = new List<string>();
        var text = string.Join("\n\n", paragraphs.Select(Paragraph).Where(paragraph => paragraph.Length > 0));
        missing = without;
        return text;

        string Paragraph(string paragraph)
        {
            var lines = paragraph.Split('\n').Select(line => (Text: Line(line, out var names, out var filled), names, filled)).ToList();
            var isLeftOut = lines.Exists(line => line.names > 0) && lines.TrueForAll(line => line.filled == 0);
            return isLeftOut ? "" : string.Join('\n', lines.Where(line => line.names == 0 || line.filled > 0).Select(line => line.Text));
        }

        string Line(string line, out int names, out int filled)
        {
            string[] all = [.. Parts().Matches(line).Where(IsPlaceholder).Select(Name)];
            string[] empty = [.. all.Where(name => string.IsNullOrEmpty(values(name)))];
            without.AddRange(empty.Select(name => $"{{{name}}}"));
            (names, filled) = (all.Length, all.Length - empty.Length);
            return Parts().Replace(line, part => IsPlaceholder(part) ? values(Name(part)) ?? "" : part.Value[..1]);
        }
    }

    private static bool IsPlaceholder(Match part) => part.Groups["name"].Success;
    private static string Name(Match part) => part.Groups["name"].Value;

    // A brace without its other half matches alone.
    [GeneratedRegex(@"\{\{|\}\}|\{(?<name>[^{}\r\n]*)\}|[{}]")]
    private static partial Regex Parts();

    [GeneratedRegex(@"\n{2,}")]
    private static partial Regex EmptyLines();
}
