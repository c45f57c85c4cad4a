using System.Net;
using Podcast.Faults.BuiltIn;
using Podcast.Faults.Cli;
using Podcast.Faults.Secrets;
using Podcast.Testing;

namespace Podcast.Faults.Staging;

/// <summary>All processes of a run: the services, and the provider's emulator.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private static readonly string[] migrated = ["Orchestrator", "Processing", "WebhookGateway", "Ingest.Api"];

    private readonly TcpProxy gateways;
    private readonly Dictionary<string, string> settings;
    private readonly Lines migration;

    public Fleet(Servers servers, Canaries canaries, Uri telemetry, string directory, string logs, RunSettings run)
    {
        var ports = new Queue<int>(Ports.Free(1 + run.Ingests + run.Orchestrators + run.Processors + run.Gateways));
        var provider = Next();
        List<Uri> gatewayAddresses = [.. Enumerable.Range(0, run.Gateways).Select(_ => Next())];
        gateways = TcpProxy.To([.. gatewayAddresses.Select(address => new DnsEndPoint(address.Host, address.Port))]);
        Addresses = new Addresses(provider, new Uri($"http://127.0.0.1:{gateways.Port}"), telemetry);
        settings = ServiceSettings.Of(Addresses, canaries, directory, run);
        migration = new Lines(servers, canaries);

        Provider = Make("provider", provider, null, ["dotnet", ServiceProcess.Assembly("Emulators")]);
        Ingests = Many("ingest", run.Ingests, Next, ["dotnet", ServiceProcess.Assembly("Ingest.Api")]);
        Orchestrators = Many("orchestrator", run.Orchestrators, Next, Host("Orchestrator", "orchestrator", run.BuiltIn is BuiltInFault.Inbox or BuiltInFault.Fence));
        Processors = Many("processing", run.Processors, Next, ["dotnet", ServiceProcess.Assembly("Processing")]);
        var places = new Queue<Uri>(gatewayAddresses);
        Gateways = Many("gateway", run.Gateways, places.Dequeue, Host("WebhookGateway", "gateway", run.BuiltIn is BuiltInFault.Confirm));

        Uri Next() => new($"http://127.0.0.1:{ports.Dequeue()}");

        string[] Host(string service, string broken, bool isBroken) => isBroken
            ? ["dotnet", ServiceProcess.Assembly("Faults"), "host", broken, "--without", run.BuiltIn.ToString()!]
            : ["dotnet", ServiceProcess.Assembly(service)];

        List<Member> Many(string name, int count, Func<Uri> address, string[] command) =>
            [.. Enumerable.Range(1, count).Select(number => Make($"{name}-{number}", address(), new Lines(servers, canaries), command))];

        Member Make(string name, Uri address, Lines? lines, string[] command) => new(
            name, address, lines,
            new Dictionary<string, string>(settings.Concat(lines?.Settings ?? [])) { ["ASPNETCORE_URLS"] = address.ToString() },
            Path.Combine(logs, $"{name}.log"), command);
    }

    public Addresses Addresses { get; }

    public Member Provider { get; }

    public IReadOnlyList<Member> Ingests { get; }

    public IReadOnlyList<Member> Orchestrators { get; }

    public IReadOnlyList<Member> Processors { get; }

    public IReadOnlyList<Member> Gateways { get; }

    public IReadOnlyList<Member> Services => [.. Ingests, .. Orchestrators, .. Processors, .. Gateways];

    /// <summary>Databases and queues are made, and all is up.</summary>
    public async Task Start()
    {
        var environment = new Dictionary<string, string>(settings.Concat(migration.Settings));
        await Task.WhenAll(migrated.Select(service => ServiceProcess.Migrate(service, environment)));
        await Calm();
    }

    /// <summary>Everything runs again, and nothing stands in its way.</summary>
    public async Task Calm()
    {
        foreach (var member in Services.Append(Provider))
        {
            member.Lines?.Database.Mend();
            member.Lines?.Broker.Mend();
            member.Send(Signal.Continue);
            member.Start();
        }

        await Task.WhenAll(Services.Append(Provider).Select(member => member.IsReady(TimeSpan.FromMinutes(3))));
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Services.Append(Provider).Select(member => member.DisposeAsync().AsTask()));
        gateways.Dispose();
        migration.Dispose();
    }
}
