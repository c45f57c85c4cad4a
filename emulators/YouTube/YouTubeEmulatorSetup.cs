using Podcast.Emulators.YouTube.Captions;
using Podcast.Emulators.YouTube.Inspection;
using Podcast.Emulators.YouTube.Playlists;
using Podcast.Emulators.YouTube.Thumbnails;
using Podcast.Hosting.Data;
using Podcast.SettingsBinding;

namespace Podcast.Emulators.YouTube;

/// <summary>Emulates the YouTube Data API v3 and Google's OAuth endpoints locally.</summary>
public static class YouTubeEmulatorSetup
{
    /// <summary>Adds the emulator with the options of section <c>Emulators:YouTube</c>.</summary>
    public static void AddYouTubeEmulator(this IServiceCollection services)
    {
        services.AddSettings<DataOptions>("Data");
        services.AddSettings<YouTubeEmulatorOptions>(YouTubeEmulatorOptions.Section)
            .PostConfigure<IOptions<DataOptions>>((options, data) => options.Directory = options.Directory is { Length: > 0 } given
                ? given
                : Path.Combine(data.Value.Directory, "emulators", "youtube"));

        Type[] parts =
        [
            typeof(Documents), typeof(YouTubeChaos), typeof(QuotaCounters), typeof(ChannelDirectory), typeof(VideoResource),
            typeof(Grants), typeof(Consent), typeof(OAuthClients), typeof(CodeExchange), typeof(DeviceFlow),
            typeof(UploadFiles), typeof(UploadSessions), typeof(ResumableUploads), typeof(UploadStart),
            typeof(Inspector), typeof(YouTubeEmulator),
        ];
        foreach (var part in parts)
            services.AddSingleton(part);
        foreach (var target in new[] { typeof(VideoUpload), typeof(CaptionInsert), typeof(CaptionUpdate), typeof(ThumbnailUpload) })
        {
            services.AddSingleton(target);
            services.AddSingleton(provider => (IUploadTarget)provider.GetRequiredService(target));
        }

        // The default logger of requests writes URLs, which contain codes and upload ids.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning));
    }

    /// <summary>Maps Google's paths below <c>{Prefix}</c>, and <c>{Prefix}/_emulator/…</c>.</summary>
    public static void MapYouTubeEmulator(this IEndpointRouteBuilder app)
    {
        // Reads the configuration, because reading the options here would validate them too early.
        var prefix = app.ServiceProvider.GetRequiredService<IConfiguration>()[$"{YouTubeEmulatorOptions.Section}:Prefix"]
            ?? new YouTubeEmulatorOptions().Prefix;
        var root = app.MapGroup(prefix).AllowAnonymous().ExcludeFromDescription();

        var control = root.MapGroup("/_emulator");
        control.MapDial();
        control.MapInspection();

        root.MapAuthorization();
        root.MapTokens();
        DeviceFlow.Map(root);

        var google = root.MapGroup("").AddEndpointFilter<RequestFaults>().AddEndpointFilter<ApiGate>();
        var api = google.MapGroup("/youtube/v3");
        api.MapVideos();
        api.MapCaptions();
        api.MapChannels();
        api.MapPlaylistItems();
        api.MapPost("/thumbnails/set", () => GoogleError.MediaBodyRequired).WithMetadata(ApiMethod.ThumbnailsSet);
        google.MapGroup("/upload/youtube/v3").MapUploads();
        google.MapGroup("/resumable/upload/youtube/v3").MapUploads();
        root.MapFallback("{**rest}", Nothing);
    }
    private static GoogleError Nothing(HttpRequest request) =>
        new(StatusCodes.Status404NotFound, "notFound", $"There is no {request.Method} {request.Path} here.");
}
