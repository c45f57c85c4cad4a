using Podcast.Emulators.Ittybit.Ledger;
using Podcast.Emulators.Ittybit.Media;
using Podcast.Emulators.Ittybit.MediaWork.Real;
using Podcast.Emulators.Ittybit.Signatures;
using Podcast.Emulators.Ittybit.Webhooks;
using Podcast.Hosting.Data;
using Podcast.SettingsBinding;

namespace Podcast.Emulators.Ittybit;

/// <summary>Emulates the Ittybit API locally: requests, answers, files and webhooks.</summary>
public static class IttybitEmulatorSetup
{
    /// <summary>
    /// Adds the emulator with the options of section <c>Emulators:Ittybit</c>. It runs tasks as soon as the host is started.
    /// </summary>
    public static void AddIttybitEmulator(this IServiceCollection services)
    {
        services.AddSettings<DataOptions>("Data");
        services.AddSettings<IttybitEmulatorOptions>(IttybitEmulatorOptions.Section)
            .PostConfigure<IOptions<DataOptions>>((options, data) => options.Directory = options.Directory is { Length: > 0 } given
                ? given
                : Path.Combine(data.Value.Directory, "emulators", "ittybit"));

        Type[] parts =
        [
            typeof(EmulatorDirectory), typeof(StateFile), typeof(TaskStore), typeof(FileStore), typeof(MediaStore), typeof(LedgerStore),
            typeof(ApiKeys), typeof(ChaosControl), typeof(UrlSignatures), typeof(Addresses),
            typeof(Intake), typeof(RangeUploads), typeof(Library), typeof(TaskService), typeof(TaskLife), typeof(TaskRunner),
            typeof(SourceProbe), typeof(Fetcher), typeof(SourceCache), typeof(Ffmpeg), typeof(OutputFiles),
            typeof(WebhookQueue), typeof(WebhookBody), typeof(TaskWebhooks), typeof(EarlyEnds), typeof(TaskKinds), typeof(IttybitEmulator),
        ];
        foreach (var part in parts)
            services.AddSingleton(part);
        foreach (var kind in new[] { typeof(AudioKind), typeof(VideoKind), typeof(SpeechKind), typeof(ChaptersKind), typeof(ImageKind) })
            services.AddSingleton(typeof(TaskKind), kind);
        services.AddHostedService(provider => provider.GetRequiredService<TaskRunner>());
        services.AddHostedService<WebhookSender>();

        // The default loggers of HTTP clients and of requests write URLs, which may contain signatures.
        services.AddHttpClient(Fetcher.Client, client => client.Timeout = Timeout.InfiniteTimeSpan).RemoveAllLoggers();
        services.AddHttpClient(WebhookSender.Client, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false })
            .RemoveAllLoggers();
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning));
    }

    /// <summary>Maps <c>{Prefix}/…</c>, <c>{Prefix}/files-host/…</c> and <c>{Prefix}/_emulator/…</c>.</summary>
    public static void MapIttybitEmulator(this IEndpointRouteBuilder app)
    {
        // Reads the configuration, because reading the options here would validate them too early: the host validates them at
        // the start and reports an error in one line.
        var prefix = app.ServiceProvider.GetRequiredService<IConfiguration>()[$"{IttybitEmulatorOptions.Section}:Prefix"]
            ?? new IttybitEmulatorOptions().Prefix;
        var root = app.MapGroup(prefix).AllowAnonymous().ExcludeFromDescription();

        var filesHost = root.MapGroup(Addresses.FilesHost).AddEndpointFilter<PlainAnswers>().AddEndpointFilter(BrowserUploads.Allow);
        filesHost.MapDelivery();
        filesHost.MapWrongMethods();

        var control = root.MapGroup("/_emulator").AddEndpointFilter<PlainAnswers>();
        control.MapGet("", Describe);
        control.MapChaos();
        control.MapLedger();
        control.MapWrongMethods();

        var api = root.MapGroup("").AddEndpointFilter<LedgerFilter>().AddEndpointFilter<AnswerFaults>()
            .AddEndpointFilter<ApiKeys>().AddEndpointFilter<VersionFilter>();
        api.MapSignatures();
        api.MapFiles();
        api.MapMedia();
        api.MapTasks();
        api.MapWrongMethods();
        api.MapFallback("{**rest}", Nothing);
    }

    private static async Task<IResult> Describe(IttybitEmulator emulator)
    {
        var kinds = await emulator.MediaWork();
        return TypedResults.Ok(new
        {
            name = "Ittybit emulator",
            real = kinds.Where(kind => kind.Value is null).Select(kind => kind.Key),
            simulated = kinds.Where(kind => kind.Value is not null).Select(kind => new { kind = kind.Key, because = kind.Value }),
            dialect = emulator.Chaos.Dialect,
            totals = new { requests = emulator.Totals.Requests, tasks = emulator.Totals.Tasks },
        });
    }

    private static ApiAnswer.Error Nothing(HttpRequest request) => new(
        StatusCodes.Status404NotFound, "not_found", $"There is no {request.Method} {request.Path} here.");
}
