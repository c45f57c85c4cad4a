using System.Xml.Linq;

namespace Podcast.Architecture.Tests;

/// <summary>The arrows of docs/architecture.md, read off the project files.</summary>
public sealed class The_house
{
    private static readonly string[] Libraries = ["Hosting", "Ittybit.Client", "Lanes", "Outbox", "SettingsBinding"];

    // What a service may refer to beside Contracts and Hosting.
    private static readonly Dictionary<string, string[]> Extra = new()
    {
        ["Ingest.Api"] = ["Ittybit.Client", "Lanes", "Outbox"],
        ["Orchestrator"] = ["Outbox"],
        ["Processing"] = ["Ittybit.Client", "Lanes"],
        ["Lanes"] = ["Ittybit.Client"],
        ["WebhookGateway"] = ["Ittybit.Client"],
        ["Batch"] = ["Ittybit.Client"],
    };

    public static TheoryData<string> Services => new(House.Services);

    [Theory]
    [MemberData(nameof(Services))]
    public void keeps_its_arrows(string service)
    {
        var references = House.References(House.Project(service));

        references.Except(Allowed(service)).ShouldBeEmpty($"{service} may not refer to these");
    }

    [Fact]
    public void has_contracts_that_refer_to_nothing()
    {
        var contracts = XDocument.Load(Path.Combine(House.Root, "contracts", "Contracts.csproj"));

        contracts.Descendants().Where(node => node.Name.LocalName is "ProjectReference" or "PackageReference").ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void has_programs_that_are_a_table_of_contents(string service)
    {
        var program = Path.Combine(House.Root, "services", service, "Program.cs");
        if (Libraries.Contains(service))
            File.Exists(program).ShouldBeFalse($"{service} is a library");
        else
            File.ReadAllLines(program).Length.ShouldBeLessThan(25);
    }

    [Fact]
    public void lets_only_hosting_put_a_bus_together() =>
        Directory.EnumerateFiles(Path.Combine(House.Root, "services"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .Where(file => File.ReadAllText(file).Contains(".AddMassTransit(", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(House.Root, file))
            .ShouldAllBe(file => file.StartsWith("services/Hosting/", StringComparison.Ordinal));

    /// <summary>Everything else would take a misspelt key for none.</summary>
    [Fact]
    public void binds_options_only_by_AddSettings() =>
        Directory.EnumerateFiles(Path.Combine(House.Root, "services"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .Where(file => File.ReadAllText(file) is var text && (text.Contains(".BindConfiguration(", StringComparison.Ordinal)
                || text.Contains(".GetSection(", StringComparison.Ordinal)))
            .Select(file => Path.GetRelativePath(House.Root, file))
            .ShouldAllBe(file => file.StartsWith("services/SettingsBinding/", StringComparison.Ordinal));

    [Fact]
    public void is_whole_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(House.Root, "Podcast.sln")).Replace('\\', '/');

        Directory.EnumerateFiles(House.Root, "*.csproj", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(House.Root, file))
            .Where(file => !solution.Contains(file, StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    private static IEnumerable<string> Allowed(string service) => service switch
    {
        "SettingsBinding" => [],
        "Ittybit.Client" or "Hosting" or "Outbox" => ["SettingsBinding"],
        "Emulators" => ["Hosting"],
        "Standalone" => House.Services.Append("Contracts"),
        _ => Extra.GetValueOrDefault(service, []).Concat(["Contracts", "Hosting"]),
    };
}
