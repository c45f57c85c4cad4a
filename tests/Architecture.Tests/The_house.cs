using System.Xml.Linq;

namespace Podcast.Architecture.Tests;

/// <summary>The arrows of docs/architecture.md, read off the project files.</summary>
public sealed class The_house
{
    // What a room may refer to beside Contracts and Hosting.
    private static readonly Dictionary<string, string[]> Extra = new()
    {
        ["Ingest.Api"] = ["Ittybit", "Media", "Outbox", "Redaction", "ShowNotes", "Throttling.Database"],
        ["Console"] = ["Redaction"],
        ["Orchestrator"] = ["Outbox", "Sweeping"],
        ["Processing"] = ["Ittybit", "Media", "Throttling.Database"],
        ["Publishing"] = ["Id3", "Ittybit", "Media", "Outbox", "Redaction", "ShowNotes", "Sweeping", "Throttling.Database", "Transistor"],
        ["ShowNotes"] = ["Id3", "Media"],
        ["Throttling.Database"] = ["Throttling"],
        ["WebhookGateway"] = ["Ittybit"],
        ["Batch"] = ["Ittybit", "Redaction", "Throttling"],
    };

    public static TheoryData<string> Rooms => new(House.Rooms.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Rooms))]
    public void keeps_its_arrows(string room)
    {
        var references = House.References(room);

        references.Except(Allowed(room)).ShouldBeEmpty($"{room} may not refer to these");
    }

    [Fact]
    public void has_contracts_that_refer_to_nothing()
    {
        var contracts = XDocument.Load(Path.Combine(House.Root, "contracts", "Contracts.csproj"));

        contracts.Descendants().Where(node => node.Name.LocalName is "ProjectReference" or "PackageReference").ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void has_programs_that_are_a_table_of_contents(string room)
    {
        var program = Path.Combine(House.Rooms[room], "Program.cs");
        if (House.Rooms[room].Contains("/libraries/", StringComparison.Ordinal))
            File.Exists(program).ShouldBeFalse($"{room} is a library");
        else
            File.ReadAllLines(program).Length.ShouldBeLessThan(25);
    }

    /// <summary>Ingest.Api is who asks.</summary>
    [Fact]
    public void opens_every_outbox_to_the_api()
    {
        var owners = House.Rooms.Where(room => room.Value.Contains("/services/", StringComparison.Ordinal) && room.Key != "Ingest.Api")
            .Where(room => House.Sources.Any(file => file.StartsWith($"services/{room.Key}/", StringComparison.Ordinal)
                && House.Read(file).Contains(".AddLeanOutbox<", StringComparison.Ordinal))).ToList();

        owners.Select(room => room.Key).ShouldBe(["Orchestrator", "Publishing"], ignoreOrder: true);
        owners.ShouldAllBe(
            room => File.ReadAllText(Path.Combine(room.Value, "Program.cs")).Contains("app.MapOutboxDesks();", StringComparison.Ordinal));
    }

    [Fact]
    public void lets_only_hosting_put_a_bus_together() =>
        House.Sources.Where(file => House.Read(file).Contains(".AddMassTransit(", StringComparison.Ordinal))
            .ShouldAllBe(file => file.StartsWith("libraries/Hosting/", StringComparison.Ordinal));

    /// <summary>Everything else would take a misspelt key for none.</summary>
    [Fact]
    public void binds_options_only_by_AddSettings() =>
        House.Sources.Where(file => House.Read(file) is var text && (text.Contains(".BindConfiguration(", StringComparison.Ordinal)
                || text.Contains(".GetSection(", StringComparison.Ordinal)))
            .ShouldAllBe(file => file.StartsWith("libraries/SettingsBinding/", StringComparison.Ordinal));

    [Fact]
    public void is_whole_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(House.Root, "Podcast.sln")).Replace('\\', '/');

        Directory.EnumerateFiles(House.Root, "*.csproj", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(House.Root, file))
            .Where(file => !solution.Contains(file, StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    private static IEnumerable<string> Allowed(string room) => room switch
    {
        "Id3" or "Redaction" or "SettingsBinding" => [],
        "Throttling" => ["Contracts"],
        "Hosting" => ["Redaction", "SettingsBinding"],
        "Outbox" => ["SettingsBinding"],
        "Ittybit" => ["Contracts", "Redaction", "SettingsBinding", "Throttling"],
        "Transistor" => ["Contracts", "Redaction", "SettingsBinding", "Throttling"],
        "Emulators" => ["Hosting"],
        "Standalone" or "FaultRunner" => House.Rooms.Keys.Concat(["Contracts", "Testing"]),
        _ => Extra.GetValueOrDefault(room, []).Concat(["Contracts", "Hosting"]),
    };
}
