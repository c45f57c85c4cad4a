using System.Data;
using Podcast.Hosting.Telemetry;
using Podcast.Ittybit;
using Podcast.Media;
using Podcast.Outbox;
using Podcast.Publishing.Accounts;
using Podcast.Publishing.Planning;
using Podcast.Publishing.Steps;
using Podcast.Publishing.Transistor;
using Podcast.Publishing.YouTube;
using Podcast.SettingsBinding;
using Podcast.Sweeping;
using Podcast.Throttling;
using Podcast.Transistor;

namespace Podcast.Publishing;

/// <summary>Composition of the service that publishes processed episodes at Transistor and YouTube.</summary>
public static class PublishingSetup
{
    /// <summary>Registers the saga, a consumer per step, the channels and the sweep.</summary>
    public static void AddPublishing(this IBusRegistrationConfigurator bus, IConfiguration configuration)
    {
        bus.AddSettings<PublishingOptions>("Publishing");
        bus.AddOwnedDbContext<PublishingDbContext>(PublishingDbContext.Owner);
        bus.AddLeanOutbox<PublishingDbContext>();
        bus.AddInstruments<PublishingTelemetry>();
        bus.AddDueSweep<PublishingDbContext, Publication>(
            services => services.GetRequiredService<IOptions<PublishingOptions>>().Value.Sweep, (id, now) => new PublicationDue(id, now));

        bus.AddIttybitClient().AddProviderThrottle(IttybitClient.Name);
        OutputDownload.Register(bus);
        SourceFiles.Register(bus);
        bus.AddTransient<PublishedTexts>();
        bus.AddTransistor(configuration);
        bus.AddYouTube();

        bus.AddScoped<StepRunner>();
        bus.AddStep<PrepareDraftConsumer>();
        bus.AddStep<SendChunkConsumer>();
        bus.AddStep<ReadBackConsumer>();
        bus.AddStep<AttachThumbnailConsumer>();
        bus.AddStep<AttachCaptionsConsumer>();
        bus.AddStep<ReleaseConsumer>();
        bus.AddStep<RetractConsumer>();
        bus.AddWorker<LinkVideoConsumer>(retry => retry.Intervals(1000, 5000, 15_000, 60_000));
        bus.AddWorker<ShowChangedConsumer>(retry => retry.Intervals(50, 250, 1000, 5000));
        bus.AddWorker<EpisodeProcessedConsumer>(retry => retry.Intervals(250, 1000, 5000, 30_000));
        bus.AddSagaStateMachine<PublicationStateMachine, Publication, PublicationSagaDefinition>()
            .EntityFrameworkRepository(repository =>
            {
                repository.ConcurrencyMode = ConcurrencyMode.Pessimistic;
                repository.ExistingDbContext<PublishingDbContext>();
                repository.IsolationLevel = IsolationLevel.ReadCommitted;
                repository.UseDatabaseLocks();
            });
    }

    private static void AddTransistor(this IBusRegistrationConfigurator bus, IConfiguration configuration)
    {
        bus.AddTransistorClient();
        bus.AddTransistorLane(TransistorClient.Name);
        foreach (var account in configuration.KeysIn("Transistor:Accounts").Select(name => name.ToLowerInvariant()))
        {
            if (account is TransistorClient.DefaultAccount or { Length: > TransistorOptions.LongestAccount })
                continue; // it is there already, or the settings are refused at the start

            bus.AddTransistorAccount(account);
            bus.AddTransistorLane(TransistorClient.NameOf(account));
        }

        bus.AddTransient<TransistorCalls>();
        bus.AddTransient<AudioTransfer>();
        bus.AddTransient<EpisodeVideo>();
        bus.AddScoped<DraftClaims>();
        bus.AddScoped<IChannel, Transistor.TransistorChannel>();
    }

    /// <summary>Transistor counts the requests of each key.</summary>
    private static void AddTransistorLane(this IBusRegistrationConfigurator bus, string name)
    {
        bus.Configure<ThrottleOptions>(name, lane => (lane.Rate, lane.PauseWhenTooMany) = (1, TransistorFailure.BlockTime));
        bus.AddProviderThrottle(name);
    }

    private static void AddYouTube(this IBusRegistrationConfigurator bus)
    {
        bus.AddSettings<YouTubeOptions>("YouTube");
        YouTubeRequests.Register(bus);
        bus.AddAccounts();
        bus.AddScoped<YouTubeQuota>();
        bus.AddSingleton<KnownNeeds>();
        bus.AddScoped<OpenPublications>();
        bus.AddScoped<Plans>();
        bus.AddScoped<Turns>();
        bus.AddHostedService<PlanSweep>();
        bus.AddSingleton<YouTubeRequests>();
        bus.AddScoped<YouTubeClient>();
        bus.AddTransient<UploadSession>();
        bus.AddTransient<VideoAccess>();
        bus.AddTransient<VideoTexts>();
        bus.AddScoped<VideoTransfer>();
        bus.AddScoped<VideoThumbnail>();
        bus.AddScoped<VideoCaptions>();
        bus.AddScoped<IChannel, YouTubeChannel>();
    }

    /// <summary>A step that fails in our own code is tried a few times; then its publication asks again.</summary>
    private static void AddStep<TConsumer>(this IBusRegistrationConfigurator bus)
        where TConsumer : class, IConsumer => bus.AddWorker<TConsumer>(retry => retry.Intervals(500, 2000), atOnce: 4);
}
