using System.Net;
using Podcast.FaultRunner.BuiltIn;
using Podcast.FaultRunner.Cli;
using Podcast.Testing;

namespace Podcast.FaultRunner.Staging;

/// <summary>The processes of a run: the services and the provider's emulator.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private static readonly string[] migrated = ["Orchestrator", "Processing", "WebhookGateway", "Ingest.Api"];
    private static readonly string[] published = ["Publishing"];

    private readonly Site site;
    private readonly RunSettings run;
    private readonly string logs;
    private readonly TcpProxy gateways;
    private readonly Dictionary<string, string> settings;

    public Fleet(Site site, Uri telemetry, string directory, string logs, RunSettings run)
    {
        (this.site, this.run, this.logs) = (site, run, logs);
        var ports = new Queue<Uri>(Ports.Free(40).Select(port => new Uri($"http://127.0.0.1:{port}")));
        var provider = ports.Dequeue();
        List<Uri> doors = [.. Enumerable.Range(0, run.IsOneProcess ? 1 : run.Gateways).Select(_ => ports.Dequeue())];
        gateways = TcpProxy.To([.. doors.Select(door => new DnsEndPoint(door.Host, door.Port))]);
        Addresses = new Addresses(provider, new Uri($"http://127.0.0.1:{gateways.Port}"), telemetry);
        settings = ServiceSettings.Of(Addresses, site.Secrets, directory, run);

        Provider = Make("provider", provider, null, ["dotnet", ServiceProcess.Assembly("Emulators")]);
        if (run.IsOneProcess)
        {
            Services = Ingests = [Make("all-1", doors[0], new Lines(site), Host("all"))];
            return;
        }

        Ingests = Many("ingest", run.Ingests, ports, ["dotnet", ServiceProcess.Assembly("Ingest.Api")]);
        Services =
        [
            .. Ingests,
            .. Many("orchestrator", run.Orchestrators, ports, run.BuiltIn is BuiltInFault.Inbox or BuiltInFault.Fence
                ? Host("orchestrator")
                : ["dotnet", ServiceProcess.Assembly("Orchestrator")]),
            .. Many("processing", run.Processors, ports, ["dotnet", ServiceProcess.Assembly("Processing")]),
            .. Many("publisher", run.IsPublishing ? run.Publishers : 0, ports, run.BuiltIn is BuiltInFault.Search
                ? Host("publisher")
                : ["dotnet", ServiceProcess.Assembly("Publishing")]),
            .. Many("gateway", run.Gateways, new Queue<Uri>(doors), run.BuiltIn is BuiltInFault.Confirm
                ? Host("gateway")
                : ["dotnet", ServiceProcess.Assembly("WebhookGateway")]),
        ];
    }

    public Addresses Addresses { get; }

    public Member Provider { get; }

    public IReadOnlyList<Member> Ingests { get; }

    /// <summary>The service processes, without the provider.</summary>
    public IReadOnlyList<Member> Services { get; }

    public Member this[string name] => Services.Single(member => member.Name == name);

    /// <summary>Runs the services' migrations, which also create the queues, and starts all processes.</summary>
    public async Task Start()
    {
        if (!run.IsOneProcess)
        {
            using var lines = new Lines(site);
            var environment = new Dictionary<string, string>(settings.Concat(lines.Settings));
            await Task.WhenAll(migrated.Concat(run.IsPublishing ? published : []).Select(service => ServiceProcess.Migrate(service, environment)));
        }

        await Calm();
    }

    /// <summary>Restores all connections, resumes and starts all processes, and waits until they are ready.</summary>
    public async Task Calm()
    {
        foreach (var member in Services.Append(Provider))
        {
            member.Lines?.Database.Mend();
            member.Lines?.Broker.Mend();
            member.Send(Signal.Continue);
            member.Start();
        }

        await Task.WhenAll(Services.Append(Provider).Select(member => member.Ready(TimeSpan.FromMinutes(3))));
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Services.Append(Provider).Select(member => member.DisposeAsync().AsTask()));
        gateways.Dispose();
    }

    private string[] Host(string service) =>
        ["dotnet", ServiceProcess.Assembly("FaultRunner"), "host", service, .. run.BuiltIn is { } broken ? (string[])["--without", broken.ToString()] : []];

    private List<Member> Many(string name, int count, Queue<Uri> addresses, string[] command) =>
        [.. Enumerable.Range(1, count).Select(number => Make($"{name}-{number}", addresses.Dequeue(), new Lines(site), command, number))];

    /// <param name="number">The number among the processes of a service, from 1, which decides the clock skew; 0: no
    /// skew.</param>
    private Member Make(string name, Uri address, Lines? lines, string[] command, int number = 0) => new(
        name, address, lines,
        new Dictionary<string, string>(settings.Concat(lines?.Settings ?? []).Concat(SkewedClock.Of(number, number > 0 ? run.ClockSkew : TimeSpan.Zero)))
        {
            ["ASPNETCORE_URLS"] = address.ToString(),
        },
        Path.Combine(logs, $"{name}.log"), command);
}
