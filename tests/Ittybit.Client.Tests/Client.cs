using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Podcast.Testing;

namespace Podcast.Ittybit.Client.Tests;

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

    public ManualClock Clock { get; } = new();

    public IIttybitApi Api => provider.GetRequiredService<IIttybitApi>();

    public ValueTask DisposeAsync() => provider.DisposeAsync();
}
