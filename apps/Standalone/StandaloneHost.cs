using Microsoft.Extensions.Logging.Console;
using Podcast.Emulators.Ittybit;
using Podcast.Emulators.Transistor;
using Podcast.Emulators.YouTube;
using Podcast.Hosting;
using Podcast.Ingest.Api;
using Podcast.OperatorsConsole;
using Podcast.Orchestrator;
using Podcast.Processing;
using Podcast.Publishing;
using Podcast.WebhookGateway;

namespace Podcast.Standalone;

/// <summary>
/// All services in one process, with SQLite files and the in-memory bus; with the emulators unless an Ittybit key is set.
/// </summary>
internal static class StandaloneHost
{
    /// <param name="settings">Settings that override the environment, as <c>--Section:Name=value</c>.</param>
    public static WebApplication Build(Uri address, DirectoryInfo data, bool verbose, params string[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(StandaloneHost).Assembly.GetName().Name,
            Args = settings,
        });
        var standalone = new StandaloneSettings(builder.Configuration, address, data);
        builder.Configuration.Sources.Insert(0, standalone.Defaults());
        builder.WebHost.UseUrls(address.ToString());
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(verbose ? LogLevel.Information : LogLevel.Critical);

        builder.AddServiceDefaults();
        builder.AddMessageBus(bus =>
        {
            bus.AddIngestApi();
            bus.AddOrchestrator();
            bus.AddProcessing();
            bus.AddPublishing(builder.Configuration);
            bus.AddWebhookGateway();
        });
        builder.Services.AddConsole();
        if (standalone.UsesEmulators)
        {
            builder.Services.AddIttybitEmulator();
            builder.Services.AddTransistorEmulator();
            builder.Services.AddYouTubeEmulator();
        }

        var app = builder.Build();
        app.BeginDatabaseStart(); // takes about a second, in which the rest is composed
        app.MapServiceDefaults();
        app.MapIngestApi();
        app.MapConsole();
        app.MapWebhookGateway();
        if (standalone.UsesEmulators)
        {
            app.MapIttybitEmulator();
            app.MapTransistorEmulator();
            app.MapYouTubeEmulator();
        }

        return app;
    }

    /// <summary>Starts the host. If that fails, its background services are told to end, or they would report the end as a fault.</summary>
    public static async Task Begin(this WebApplication app, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            app.Lifetime.StopApplication();
            throw;
        }
    }
}
