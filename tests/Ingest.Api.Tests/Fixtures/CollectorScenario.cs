using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Podcast.Contracts;
using Podcast.Ingest.Api.Transcripts;
using Podcast.Ittybit;
using Podcast.Media;
using Podcast.SettingsBinding;
using Podcast.Testing;
using Podcast.Throttling;

namespace Podcast.Ingest.Api.Tests.Fixtures;

/// <summary>The collector of transcripts as the host has it, in front of a server that plays Ittybit.</summary>
internal sealed class CollectorScenario : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly TemporaryDirectory directory;

    private CollectorScenario(IttybitServer ittybit, ServiceProvider services, TemporaryDirectory directory)
    {
        this.services = services;
        this.directory = directory;
        Ittybit = ittybit;
    }

    public IttybitServer Ittybit { get; }

    public ManualClock Clock => (ManualClock)services.GetRequiredService<TimeProvider>();

    public static async Task<CollectorScenario> Start(params (string Key, string Value)[] settings)
    {
        var (ittybit, directory) = (await IttybitServer.Start(), new TemporaryDirectory());
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Ittybit:BaseAddress"] = ittybit.Address,
                ["Ittybit:ApiKey"] = "ittybit_live_for_tests",
                ["Ittybit:Retries"] = "0",
                ["Sources:AllowLoopback"] = "true",
                ["Data:Directory"] = directory.Path,
                ["Lanes:Ittybit:Rate"] = "0",
            })
            .AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value))
            .Build();
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton<IConfiguration>(configuration);
        collection.AddSingleton<TimeProvider>(new ManualClock(TimeProvider.System.GetUtcNow()));
        collection.AddIttybitClient().AddProviderThrottle(IttybitClient.Name);
        OutputDownload.Register(collection);
        collection.AddSettings<TranscriptOptions>("Transcripts");
        collection.AddScoped<TranscriptCollector>();
        var services = collection.BuildServiceProvider(validateScopes: true);
        foreach (var start in services.GetServices<IHostedService>().OfType<IHostedLifecycleService>())
            await start.StartingAsync(CancellationToken.None); // makes the lanes' database
        return new CollectorScenario(ittybit, services, directory);
    }

    public async Task<Media.Transcript> Collects(TaskOutput output)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<TranscriptCollector>().Collect(output, CancellationToken.None);
    }

    public Task<OutputException> Refuses(TaskOutput output) => Should.ThrowAsync<OutputException>(Collects(output));

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Ittybit.DisposeAsync();
        directory.Dispose();
    }
}
