namespace Podcast.ShowNotes.Tests;

public sealed class Filling_patterns
{
    private const string Known = "Known are {title}, {description}, {chapters}, {season}, {number}, {show}, {link:site}.";

    [Theory]
    [InlineData("{title} | {show}", "T | S")]
    [InlineData("{{title}} {{{title}}}", "{title} {T}")]
    [InlineData("no placeholder", "no placeholder")]
    [InlineData("S{season}E{number}", "SE7")]
    [InlineData("a\r\n\r\nSeason {season}\r\n\r\nb", "a\n\nb")]
    [InlineData("{season}\n\na", "a")]
    [InlineData("a\n{season} {number}\n{season}", "a\n 7")]
    [InlineData("Links:\nShow: {link:site}\nStaffel {season}\n\nb", "Links:\nShow: https://s.example/\n\nb")]
    [InlineData("Kapitel:\n{chapters}\n\nb", "b")]
    [InlineData("{link:site}\n\n\n\n", "https://s.example/")]
    public void placeholders_are_replaced(string pattern, string text) => Fill(pattern, out _).ShouldBe(text);

    [Fact]
    public void values_are_not_patterns() =>
        new TextPattern("{title}").Fill(_ => "{show} {nonsense}", out _).ShouldBe("{show} {nonsense}");

    [Fact]
    public void missing_values_are_named()
    {
        Fill("{title} S{season}", out var missing);

        missing.ShouldBe(["{season}"]);
    }

    [Theory]
    [InlineData("{titel}", "{titel} is unknown. " + Known)]
    [InlineData("{Title}", "{Title} is unknown. " + Known)]
    [InlineData("{link:yotube}", "{link:yotube} is unknown. " + Known)]
    [InlineData("{}", "{} is unknown. " + Known)]
    [InlineData("{title", "A \"{\" has no other half; \"{{\" writes a brace.")]
    [InlineData("title}", "A \"}\" has no other half; \"}}\" writes a brace.")]
    [InlineData("{title\n}", "A \"{\" has no other half; \"{{\" writes a brace.")]
    public void unknown_placeholders_are_named(string pattern, string message) =>
        Should.Throw<FormatException>(() => new TextPattern(pattern, "site")).Message.ShouldBe(message);

    private static string Fill(string pattern, out IReadOnlyList<string> missing) => new TextPattern(pattern, "site").Fill(
        name => name switch { "title" => "T", "show" => "S", "number" => "7", "link:site" => "https://s.example/", _ => null },
        out missing);
}
