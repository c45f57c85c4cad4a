using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Podcast.Deploy.Tests.Hosts;

namespace Podcast.Deploy.Tests;

/// <summary>docker-compose.yml and what it takes from the environment.</summary>
public partial class The_compose_file
{
    private static readonly string text = Repository.Text("docker-compose.yml");
    private static readonly JsonObject compose = Yaml.Document(text);

    [Fact]
    public void every_port_is_open_to_this_machine_alone()
    {
        var ports = Services.SelectMany(service => service.Value.Words("ports")).ToList();

        ports.ShouldNotBeEmpty();
        ports.ShouldAllBe(port => port.StartsWith("127.0.0.1:"));
    }

    [Fact]
    public void every_container_has_its_limits_and_no_privilege()
    {
        foreach (var (name, service) in Services)
        {
            foreach (var limit in new[] { "cpus", "mem_limit", "pids_limit" })
                service.ContainsKey(limit).ShouldBeTrue($"{name} has no {limit}");
            foreach (var privilege in new[] { "privileged", "network_mode", "pid", "ipc", "userns_mode", "cap_add", "devices" })
                service.ContainsKey(privilege).ShouldBeFalse($"{name} has {privilege}");
            service.Words("volumes").ShouldNotContain(volume => volume.Contains("docker.sock"), name);
        }
    }

    [Fact]
    public void our_own_containers_change_nothing_but_their_volumes()
    {
        foreach (var (name, service) in OurOwn)
        {
            service.Word("read_only").ShouldBe("true", name);
            service.Words("cap_drop").ShouldBe(["ALL"], name);
            service.Words("security_opt").ShouldBe(["no-new-privileges:true"], name);
        }
    }

    [Fact]
    public void every_image_that_is_not_ours_has_a_version()
    {
        foreach (var (name, service) in Services.Where(service => !service.Value.ContainsKey("build")))
            service.Word("image")!.ShouldMatch("^[a-z/-]+:v?[0-9][0-9a-z.-]*$", name);
    }

    [Fact]
    public void every_image_of_ours_is_built_for_a_host_that_is_there()
    {
        foreach (var (name, service) in OurOwn)
        {
            var folder = service.Word("build.args.SERVICE")!;
            new[] { Repository.File("services", folder, $"{folder}.csproj"), Repository.File("emulators", $"{folder}.csproj") }
                .Count(File.Exists).ShouldBe(1, $"{name}: {folder}");
            Path.GetFileName(service.Word("build.dockerfile")).ShouldBe("Dockerfile");
        }
    }

    [Fact]
    public void every_host_on_the_bus_runs()
    {
        foreach (var host in Host.All)
            compose.Word($"services.{host.Name}.build.args.SERVICE").ShouldBe(host.Folder);
    }

    [Fact]
    public void no_host_starts_before_tables_and_queues_are_there()
    {
        var steps = Services.Where(service => service.Value.Words("command").SequenceEqual(["migrate"])).ToList();
        steps.Select(step => step.Value.Word("build.args.SERVICE")).ShouldBe(
            Host.All.Where(host => host.Queues.Count > 0).Select(host => host.Folder), ignoreOrder: true);

        foreach (var (name, service) in Host.All.Select(host => (host.Name, compose.At($"services.{host.Name}"))))
        {
            foreach (var step in steps)
                service.Word($"depends_on.{step.Key}.condition").ShouldBe("service_completed_successfully", name);
        }
    }

    [Fact]
    public void who_needs_a_server_waits_until_it_is_healthy()
    {
        string[] servers = ["postgres", "rabbitmq"];
        foreach (var server in servers)
            compose.At($"services.{server}.healthcheck.test").ShouldNotBeNull(server);
        foreach (var (name, service) in OurOwn.Where(service => service.Key != "emulators"))
            servers.ShouldAllBe(server => service.Word($"depends_on.{server}.condition") == "service_healthy", name);
    }

    [Fact]
    public void a_profile_never_pulls_in_another_ones_services()
    {
        foreach (var (name, service) in Services)
        {
            foreach (var (needed, _) in (service["depends_on"] as JsonObject)?.ToList() ?? [])
                compose.At($"services.{needed}.profiles").ShouldBeNull($"{name} needs {needed}, which may not be there");
        }
    }

    /// <summary>
    /// Whoever gives us an address chooses where our requests go. Besides the public Internet that may be the emulator, which runs in
    /// profile local alone: its address is its own, so that where it does not run, nobody is there.
    /// </summary>
    [Fact]
    public void addresses_from_outside_lead_to_no_container_but_the_emulator()
    {
        var allowed = Services.SelectMany(service => (service.Value["environment"] as JsonObject)?.ToList() ?? [])
            .Where(setting => setting.Key.StartsWith("Sources__Allowed", StringComparison.Ordinal))
            .Select(setting => IPNetwork.Parse(setting.Value!.ToString())).Distinct().ToList();

        var emulator = IPAddress.Parse(compose.Word("services.emulators.networks.web.ipv4_address")!);
        allowed.ShouldBe([new IPNetwork(emulator, 32)]);
        compose.Words("services.emulators.profiles").ShouldBe(["local"]);
        var others = compose.List("networks.web.ipam.config").ShouldHaveSingleItem();
        IPNetwork.Parse(others.Word("subnet")!).Contains(emulator).ShouldBeTrue();
        IPNetwork.Parse(others.Word("ip_range")!).Contains(emulator).ShouldBeFalse("another container may get it");
    }

    [Fact]
    public void every_host_that_calls_outside_reaches_the_emulator()
    {
        var emulator = compose.Word("services.emulators.networks.web.ipv4_address");
        var calling = Host.All.Where(host => host.CallsOutside).Select(host => host.Name).ToList();

        calling.ShouldContain("ingest-api");
        calling.ShouldAllBe(host => compose.Word($"services.{host}.environment.Sources__AllowedNetworks__0") == $"{emulator}/32");
    }

    [Fact]
    public void the_api_asks_every_other_host_that_has_an_outbox()
    {
        var asked = compose.At("services.ingest-api.environment")!.AsObject()
            .Where(setting => setting.Key.StartsWith("OutboxDesks__Others__", StringComparison.Ordinal))
            .Select(setting => (setting.Key.Split("__")[^1], setting.Value!.ToString()));

        asked.ShouldBe(
            Host.All.Where(host => host.Name != "ingest-api").SelectMany(host => host.Outboxes, (host, name) => (name, $"http://{host.Name}:8080")),
            ignoreOrder: true);
    }

    [Theory, MemberData(nameof(Hosts))]
    public void every_host_would_start_with_the_settings_of_a_fresh_clone(string host)
    {
        var settings = Settings(host, []);

        Host.All.Single(h => h.Name == host).Objections(settings).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Hosts))]
    public void every_host_would_start_with_the_example_filled_in(string host)
    {
        var filled = Variables(".env.example").ToDictionary(variable => variable, variable => variable switch
        {
            "ITTYBIT_BASE_ADDRESS" or "WEBHOOKS_PUBLIC_URL" or "AUTH_AUTHORITY" or "TRANSISTOR_BASE_ADDRESS" or "YOUTUBE_BASE_ADDRESS"
                or "YOUTUBE_TOKEN_ADDRESS" or "CONSOLE_OPENID_AUTHORITY" => "https://filled-in.example.com",
            _ => "filled-in-by-an-operator",
        });
        var settings = Settings(host, filled);

        Host.All.Single(h => h.Name == host).Objections(settings).ShouldBeEmpty();
        settings.ShouldNotContain(setting => setting.Value.Contains("development-only"));
    }

    [Fact]
    public void account_set_by_hand_ends_with_the_unfilled_example()
    {
        var settings = Settings("publishing", Variables(".env.example").ToDictionary(variable => variable, _ => ""));

        settings["YouTube__Accounts__main__RefreshToken"].ShouldBeEmpty("the emulator's token would go before the connected account");
    }

    [Fact]
    public void secrets_with_a_default_are_marked_development_only()
    {
        foreach (var (name, service) in Services)
        {
            foreach (var (setting, value) in (service["environment"] as JsonObject)?.ToList() ?? [])
            {
                foreach (var secret in Secrets(setting, value!.ToString()))
                    secret.ShouldStartWith("development-only", customMessage: $"{name}: {setting}");
            }
        }
    }

    [Fact]
    public void the_example_names_every_variable_and_no_other() =>
        Variables(".env.example").ShouldBe(Interpolation().Matches(text).Select(match => match.Groups["name"].Value).Distinct(), ignoreOrder: true);

    [Fact]
    public void the_example_holds_no_secret()
    {
        foreach (var line in Repository.Text("deploy", ".env.example").Split('\n').Where(line => SecretName().IsMatch(line)))
            line.ShouldMatch("^[A-Z_]+=$|^#");
    }

    public static TheoryData<string> Hosts => [.. Host.All.Select(host => host.Name)];

    private static IEnumerable<KeyValuePair<string, JsonObject>> Services =>
        ((JsonObject)compose["services"]!).Select(service => KeyValuePair.Create(service.Key, (JsonObject)service.Value!));

    private static IEnumerable<KeyValuePair<string, JsonObject>> OurOwn => Services.Where(service => service.Value.ContainsKey("build"));

    private static IEnumerable<string> Variables(string file) =>
        Repository.Text("deploy", file).Split('\n').Select(line => Assignment().Match(line)).Where(match => match.Success)
            .Select(match => match.Groups["name"].Value);

    private static Dictionary<string, string> Settings(string service, Dictionary<string, string> variables) =>
        ((JsonObject)compose.At($"services.{service}.environment")!).ToDictionary(
            setting => setting.Key, setting => Interpolate(setting.Value!.ToString(), variables));

    private static string Interpolate(string value, Dictionary<string, string> variables) => Interpolation().Replace(value, match =>
        variables.GetValueOrDefault(match.Groups["name"].Value) is { } set && (set.Length > 0 || match.Groups["unset"].Success)
            ? set
            : match.Groups["default"].Value);

    /// <summary>What in a setting is secret, with its default: the password in an address or a connection string, or all of it.</summary>
    private static IEnumerable<string> Secrets(string setting, string value)
    {
        var plain = Interpolate(value, []);
        if (PasswordIn().Match(plain) is { Success: true } password)
            yield return password.Groups["password"].Value;
        else if (setting.EndsWith("SigningKeys__0__Value", StringComparison.Ordinal))
            yield return Encoding.UTF8.GetString(Convert.FromBase64String(plain));
        else if (SecretName().IsMatch(setting) && !setting.EndsWith("__Issuer", StringComparison.Ordinal))
            yield return plain;
    }

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+)((:|(?<unset>))-(?<default>[^}]*))?\}")]
    private static partial Regex Interpolation();

    [GeneratedRegex("^#?(?<name>[A-Z_]+)=")]
    private static partial Regex Assignment();

    [GeneratedRegex("Password=(?<password>[^;]*)|://[^:/]+:(?<password>[^@]+)@")]
    private static partial Regex PasswordIn();

    [GeneratedRegex("password|secret|key", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();
}
