using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Podcast.FaultRunner.Tests.Notes;

/// <summary>docs/reliability.md is only worth something while what it names is there.</summary>
public sealed partial class The_reliability_note
{
    private static readonly string root = Root();
    private static readonly string note = File.ReadAllText(Path.Combine(root, "docs", "reliability.md"));

    [Fact]
    public void names_only_tests_that_exist()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Select(File.ReadAllText)
            .ToList();

        var named = NamedTest().Matches(note).Select(match => (Class: match.Groups["class"].Value, Test: match.Groups["test"].Value)).Distinct().ToList();

        named.Count.ShouldBeGreaterThan(100);
        named.Where(one => !sources.Exists(source => Is(source, $@"class {one.Class}\b") && Is(source, $@" {one.Test}\("))).ShouldBeEmpty();
    }

    [Fact]
    public void lists_a_hundred_faults_each_with_its_cover()
    {
        var rows = Row().Matches(note).Select(match => (Number: int.Parse(match.Groups["number"].ValueSpan), Cover: match.Groups["cover"].Value.Trim())).ToList();

        rows.Select(row => row.Number).ShouldBe(Enumerable.Range(1, 100));
        rows.ShouldAllBe(row => row.Cover.Length > 3);
    }

    private static bool Is(string source, string pattern) => Regex.IsMatch(source, pattern);

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));

    [GeneratedRegex(@"`(?<class>[A-Za-z]\w*_\w+|Submitting_\w+|[A-Z]\w+)\.(?<test>[a-zA-Z]+_\w+)`")]
    private static partial Regex NamedTest();

    [GeneratedRegex(@"^\| (?<number>\d+) \| [^|]+ \|(?<cover>[^|]+)\|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
