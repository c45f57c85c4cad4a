using Podcast.Hosting;
using Podcast.Hosting.Data;
using Podcast.SettingsBinding;

namespace Podcast.Emulators.Transistor;

/// <summary>Emulates Transistor's API v1 locally: shows, episodes, uploads and webhooks.</summary>
public static class TransistorEmulatorSetup
{
    /// <summary>Adds the emulator with the options of section <c>Emulators:Transistor</c>.</summary>
    public static void AddTransistorEmulator(this IServiceCollection services)
    {
        services.AddSettings<DataOptions>("Data");
        services.AddSettings<TransistorEmulatorOptions>(TransistorEmulatorOptions.Section)
            .PostConfigure<IOptions<DataOptions>>((options, data) => options.Directory = options.Directory is { Length: > 0 } given
                ? given
                : Path.Combine(data.Value.Directory, "emulators", "transistor"));

        Type[] parts =
        [
            typeof(TransistorState), typeof(Documents<>), typeof(BackgroundWork), typeof(TransistorAddresses), typeof(RateLimits),
            typeof(TransistorChaos), typeof(ShowBook), typeof(EpisodeWriter), typeof(TransistorWebhooks), typeof(AudioIntake),
            typeof(EpisodeBook), typeof(TransistorEmulator),
        ];
        foreach (var part in parts)
            services.AddSingleton(part);
        services.AddHostedService(provider => provider.GetRequiredService<BackgroundWork>());
        services.AddHostedService(provider => provider.GetRequiredService<AudioIntake>());
        services.AddHostedService<DueEpisodes>();

        services.AddOutsideHttpClient(AudioIntake.Client);
        services.AddHttpClient(TransistorWebhooks.Client)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false })
            .RemoveAllLoggers();
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning));
    }

    /// <summary>Maps <c>{Prefix}/v1/…</c>, <c>{Prefix}/storage/…</c> and <c>{Prefix}/_emulator/…</c>.</summary>
    public static void MapTransistorEmulator(this IEndpointRouteBuilder app)
    {
        // Reading the options here would validate them before the host does, which reports an error in one line.
        var prefix = app.ServiceProvider.GetRequiredService<IConfiguration>()[$"{TransistorEmulatorOptions.Section}:Prefix"]
            ?? new TransistorEmulatorOptions().Prefix;
        var root = app.MapGroup(prefix).AllowAnonymous().ExcludeFromDescription().DisableAntiforgery();
        root.MapInspection();
        root.MapStorage();
        root.MapTranscripts();

        var api = root.MapGroup("/v1").AddEndpointFilter<AccessFilter>().AddEndpointFilter<TransistorFaults>();
        api.MapShows();
        api.MapAuthorizeUpload();
        api.MapEpisodes();
        api.MapWebhooks();
        api.MapFallback("{**rest}", () => TransistorAnswer.NotFound("Resource"));
    }
}
