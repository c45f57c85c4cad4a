using Podcast.FaultRunner.Cli;
using Podcast.FaultRunner.Clients;
using Podcast.FaultRunner.Listening;
using Podcast.FaultRunner.Planning;
using Podcast.FaultRunner.Secrets;
using Podcast.FaultRunner.Staging;

namespace Podcast.FaultRunner.Runs;

/// <summary>
/// Everything active in a run besides the services: clients, owners, forger, recorder, and the provider's faults.
/// </summary>
internal sealed class FaultRunFixture : IDisposable
{
    private readonly RunSettings settings;
    private readonly HttpClient api;
    private readonly HttpClient provider;
    private readonly HttpClient gateway;
    private readonly BusPublisher bus;
    private readonly Dial dial;
    private readonly Caller caller;
    private Task orders = Task.CompletedTask;
    private CancellationTokenSource? patience;

    public FaultRunFixture(RunSettings settings, Site site, Fleet fleet, Scanner scanner)
    {
        this.settings = settings;
        api = Client(fleet.Ingests[0].Address, scanner);
        provider = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        gateway = Client(fleet.Addresses.Gateways, scanner);
        caller = new Caller(api, new Random(settings.Seed + 1));
        Orders = Clients.Orders.Make(settings);
        bus = new BusPublisher(site.Broker, caller, site.Secrets.AddressSignature);
        Callers = new Callers(Orders, new Uploader(caller, provider, site.Secrets.AddressSignature), bus, new Owner(caller));
        Forger = new WebhookForger(gateway, Orders, new Random(settings.Seed + 2));
        Echo = new Echo(site.Broker, settings.Echoes, settings.Seed);
        Recorder = new Recorder(site, scanner, Echo.Hear);
        dial = new Dial(fleet.Addresses.Provider, settings);
    }

    public IReadOnlyList<Order> Orders { get; }

    public Callers Callers { get; }

    public WebhookForger Forger { get; }

    public Echo Echo { get; }

    public Recorder Recorder { get; }

    /// <summary>Runs the fault phase. Clients may still be busy when it ends.</summary>
    public async Task Perform(Task harm, CancellationToken cancellationToken)
    {
        await Shows.Make(caller, cancellationToken);
        await dial.Set(0, cancellationToken);
        patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        orders = Callers.Work(patience.Token);
        using var trouble = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var others = Task.WhenAll(dial.Turn(trouble.Token), Forger.Work(trouble.Token));
        await Task.WhenAll(harm, Task.Delay(settings.Trouble, cancellationToken));
        await trouble.CancelAsync();
        await others;
    }

    /// <summary>Returns the provider to phase 0, whichever phase it was in. The probabilities of its faults stay.</summary>
    public Task Calm(CancellationToken cancellationToken) => dial.Set(0, cancellationToken);

    /// <summary>
    /// Waits until all clients have finished and all copies of messages were sent. Orders that are not accepted within
    /// <paramref name="limit"/> are given up.
    /// </summary>
    public async Task FinishOrders(TimeSpan limit, CancellationToken cancellationToken)
    {
        patience!.CancelAfter(limit);
        try
        {
            await orders;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // orders not accepted by now appear in the counts
        }

        await Echo.Finish();
    }

    public void Dispose()
    {
        patience?.Dispose();
        dial.Dispose();
        api.Dispose();
        provider.Dispose();
        gateway.Dispose();
        bus.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private static HttpClient Client(Uri address, Scanner scanner) =>
        new(new ScanningHandler(scanner)) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(12) };
}
