namespace Podcast.Architecture.Tests;

/// <summary>What a newcomer relies on when he opens a folder (CONTRIBUTING.md).</summary>
public sealed class The_files
{
    private const int LongestFile = 150;
    private const int LongestLine = 140;

    // Longer files, with the reason why each is not divided.
    private static readonly Dictionary<string, string> Long = new(StringComparer.Ordinal)
    {
        ["libraries/Hosting/OutsideAddresses.cs"] = "one list of networks and its check",
        ["libraries/Outbox/Delivery/OutboxWorker.cs"] = "one loop",
        ["libraries/Outbox/Storage/OutboxStatements.cs"] = "the SQL of the outbox, for two databases",
        ["services/Console/Texts.cs"] = "all English texts of the console",
    };

    public static TheoryData<string> Rooms => new([.. House.Rooms.Values.Select(room => Path.GetRelativePath(House.Root, room)), "contracts", "compat"]);

    [Fact]
    public void long_files_are_few_and_have_a_reason()
    {
        var found = House.Sources.Where(file => House.Read(file).Split('\n').Length > LongestFile).Order(StringComparer.Ordinal).ToList();

        found.Except(Long.Keys).ShouldBeEmpty($"longer than {LongestFile} lines: divide it, or name it here with the reason");
        Long.Keys.Except(found).ShouldBeEmpty("no longer so long: take it off the list");
    }

    [Fact]
    public void lines_fit_on_a_screen() =>
        (from file in House.Sources
         from line in House.Read(file).Split('\n')
         where line.TrimEnd().Length > LongestLine
         select $"{file}: {line.Trim()}").ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Rooms))]
    public void every_room_has_a_readme_that_says_where_to_start(string room)
    {
        var readme = House.Read(Path.Combine(room, "README.md"));

        readme.ShouldContain("Start here");
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void every_room_is_on_the_map(string room) =>
        House.Read("docs/architecture.md").ShouldContain($"`{room}");
}
