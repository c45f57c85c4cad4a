using System.Net.Http.Json;
using System.Text.Json;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Podcast.Hosting.Tests.Sample;

namespace Podcast.Hosting.Tests;

/// <summary>The sample service in this process, as it ships.</summary>
internal sealed class SampleHost : IAsyncDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly WebApplication app;
    private readonly Lazy<HttpClient> client;

    private SampleHost(Action<IBusRegistrationConfigurator> bus, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection([new("Data:Directory", directory.Path)]);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.AddServiceDefaults();
        builder.AddMessageBus(bus);
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.MapServiceDefaults();
        client = new Lazy<HttpClient>(() => new HttpClient { BaseAddress = new Uri(app.Urls.Single()) });
    }

    public IBus Bus => app.Services.GetRequiredService<IBus>();

    public Heard Heard => app.Services.GetRequiredService<Heard>();

    public IServiceProvider Services => app.Services;

    public static SampleHost Build(Action<IBusRegistrationConfigurator>? bus = null, params KeyValuePair<string, string?>[] settings) =>
        new(bus ?? (it => it.AddSample()), settings);

    /// <summary>On <paramref name="rabbitMq"/>, and connected to it.</summary>
    public static async Task<SampleHost> StartOn(
        string rabbitMq, Action<IBusRegistrationConfigurator>? bus = null, params KeyValuePair<string, string?>[] settings)
    {
        var host = Build(bus, [new("ConnectionStrings:RabbitMq", rabbitMq), .. settings]);
        await host.Start();
        await host.IsReady();
        return host;
    }

    public Task Start() => app.StartAsync();

    public Task<int> Run(params string[] args) => app.RunAsync(args);

    public Task IsReady() => Eventually.Holds(async () => (await Health("ready")).Status == 200, "readiness");

    public async Task<(int Status, JsonElement Report)> Health(string which)
    {
        using var answer = await client.Value.GetAsync($"/health/{which}");
        return ((int)answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    public async ValueTask DisposeAsync()
    {
        if (client.IsValueCreated)
            client.Value.Dispose();
        await app.DisposeAsync();
        directory.Dispose();
    }
}
