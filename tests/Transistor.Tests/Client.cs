using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Podcast.Transistor.Tests;

/// <summary>The whole client as services get it, over a fake network or a real one.</summary>
internal sealed class Client : IAsyncDisposable
{
    public const string Key = "transistor_5ecret";

    private readonly ServiceProvider provider;

    public Client(HttpMessageHandler? network = null, Action<IServiceCollection>? add = null, params (string Name, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("Transistor:ApiKey", (string?)Key)])
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)))
            .Build());
        services.AddTransistorClient();
        if (network is not null)
            services.AddHttpClient(TransistorClient.Name).ConfigurePrimaryHttpMessageHandler(() => network);
        add?.Invoke(services);
        provider = services.BuildServiceProvider();
    }

    public ITransistorApi Api => provider.GetRequiredService<ITransistorApi>();

    public AudioUploader Uploader => provider.GetRequiredService<AudioUploader>();

    public ValueTask DisposeAsync() => provider.DisposeAsync();
}
