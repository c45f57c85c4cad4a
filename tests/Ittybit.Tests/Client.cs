using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Podcast.Testing;

namespace Podcast.Ittybit.Tests;

/// <summary>The whole client as services get it, over a fake network or a real one, on a clock of the test.</summary>
internal sealed class Client : IAsyncDisposable
{
    public const string Key = "ittybit_live_5ecret";

    private readonly ServiceProvider provider;

    public Client(
        HttpMessageHandler? network = null,
        TimeProvider? clock = null,
        Action<IServiceCollection>? add = null,
        params (string Name, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("Ittybit:ApiKey", (string?)Key)])
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)))
            .Build());
        services.AddSingleton(clock ?? Clock);
        services.AddIttybitClient();
        if (network is not null)
            services.AddHttpClient(IttybitClient.Name).ConfigurePrimaryHttpMessageHandler(() => network);
        add?.Invoke(services);
        provider = services.BuildServiceProvider();
    }

    /// <summary>A client for clocks that are moved: it takes a stalled machine half a second to look like a time-out.</summary>
    public static Client Patient(HttpMessageHandler network, params (string Name, string Value)[] settings) => new(
        network,
        settings: [("Ittybit:ReadTimeout", "00:10:00"), ("Ittybit:CreateTimeout", "00:10:00"), .. settings]);

    public ManualClock Clock { get; } = new();

    public IIttybitApi Api => provider.GetRequiredService<IIttybitApi>();

    public Task<IttybitTask> Create() => Api.CreateTask(IttybitTasks.Audio(new IttybitSource("file_1", null)));

    public ValueTask DisposeAsync() => provider.DisposeAsync();
}
