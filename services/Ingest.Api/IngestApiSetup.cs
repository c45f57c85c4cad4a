using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Mvc;
using Podcast.Hosting.Health;
using Podcast.Hosting.Telemetry;
using Podcast.Ingest.Api.Actions;
using Podcast.Ingest.Api.Audit;
using Podcast.Ingest.Api.Backlog;
using Podcast.Ingest.Api.Failures;
using Podcast.Ingest.Api.Jobs;
using Podcast.Ingest.Api.Lanes;
using Podcast.Ingest.Api.Outboxes;
using Podcast.Ingest.Api.Packs;
using Podcast.Ingest.Api.Publications;
using Podcast.Ingest.Api.Queues;
using Podcast.Ingest.Api.Releases;
using Podcast.Ingest.Api.Shows;
using Podcast.Ingest.Api.Transcripts;
using Podcast.Ingest.Api.Uploads;
using Podcast.Media;

namespace Podcast.Ingest.Api;

/// <summary>Composition of Ingest.Api, which accepts episodes and serves the read model to their owners.</summary>
public static class IngestApiSetup
{
    private const string Document = "v1"; // of OpenAPI; also the group name of its endpoints
    private const int SnapshotsAtOnce = 100;

    /// <summary>Registers the read model, its consumers and sweeps, and the services that the endpoints use.</summary>
    public static void AddIngestApi(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<EpisodeChangedConsumer, ReadModelDefinition<EpisodeChangedConsumer>>(consumer => consumer
                .Options<BatchOptions>(batch => batch.SetMessageLimit(SnapshotsAtOnce).SetTimeLimit(ms: 100)))
            .Endpoint(endpoint =>
            {
                endpoint.Name = "ingest-episode-changed";
                endpoint.PrefetchCount = endpoint.ConcurrentMessageLimit = SnapshotsAtOnce;
            });
        bus.AddConsumer<TranscriptCollectedConsumer, ReadModelDefinition<TranscriptCollectedConsumer>>()
            .Endpoint(endpoint => endpoint.Name = "ingest-transcript-collected");
        bus.AddWorker<CollectTranscriptConsumer>(retry => retry.Intervals(50, 500, 2000), atOnce: 2); // each is completely in memory
        bus.AddConsumer<PublicationChangedConsumer, ReadModelDefinition<PublicationChangedConsumer>>()
            .Endpoint(endpoint => endpoint.Name = "ingest-publication-changed");
        bus.AddConsumer<QuotaSpentConsumer, ReadModelDefinition<QuotaSpentConsumer>>()
            .Endpoint(endpoint => endpoint.Name = "ingest-publication-changed");
        bus.MustReachAQueue<EpisodeUploaded>();

        bus.AddOwnedDbContext<IngestDb>(IngestDb.Owner);
        bus.AddLeanOutbox<IngestDb>();
        bus.AddInstruments<IngestTelemetry>();
        bus.IsReadyWith(Database.HealthCheck(IngestDb.Owner)); // not the broker: the outbox publishes when it is back
        bus.AddHostedService<UploadSweep>();
        bus.AddHostedService<SnapshotSweep>();
        bus.AddSingleton<JobSweep>();
        bus.AddHostedService(services => services.GetRequiredService<JobSweep>());

        bus.AddSettings<UploadOptions>("Uploads");
        bus.AddSettings<ReadModelOptions>("ReadModel");
        bus.AddSettings<TranscriptOptions>("Transcripts");
        bus.AddOutsideAddresses();
        bus.AddOwnerAuthentication();
        bus.AddIttybitClient().AddProviderThrottle(IttybitClient.Name);
        bus.AddScoped<EpisodeReader>();
        bus.AddScoped<IdempotencyStore>();
        bus.AddScoped<IttybitUploads>();
        bus.AddScoped<SourceCheck>();
        bus.AddScoped<ShowStore>();
        bus.AddScoped<EpisodeIntake>();
        bus.AddScoped<EpisodeActions>();
        OutputDownload.Register(bus);
        bus.AddScoped<EpisodeOutputs>();
        bus.AddScoped<TranscriptCollector>();
        bus.AddScoped<TranscriptStore>();
        bus.AddScoped<PackMaker>();
        bus.AddScoped<FailureReader>();
        bus.AddScoped<EpisodeJobs>();
        bus.AddSettings<QueueOptions>("Queues");
        bus.AddHttpClient(BrokerQueues.Client).RemoveAllLoggers();
        bus.AddSingleton<BrokerQueues>();
        bus.AddSingleton<MessageReturn>();
        bus.AddScoped<AuditTrail>();
        bus.AddScoped<BacklogRuns>();
        bus.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(
            0, new DefaultJsonTypeInfoResolver { Modifiers = { NameFieldsInSnakeCase } }));
        bus.AddOpenApi(Document, options =>
        {
            options.ShouldInclude = endpoint => endpoint.GroupName == Document;
            options.AddDocumentTransformer<Description>();
        });
    }

    /// <summary>Maps the paths of the API, such as <c>/episodes</c>, and <c>/openapi/v1.json</c>.</summary>
    public static void MapIngestApi(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi();

        var episodes = app.MapApiGroup("/episodes", "Episodes");
        episodes.MapUploads();
        episodes.MapEpisodes();
        episodes.MapTranscripts();
        episodes.MapActions();
        episodes.MapPublications();
        episodes.MapPacks();
        episodes.MapChapters();

        app.MapApiGroup("/me", "Me").MapMe();
        app.MapApiGroup("/shows", "Shows").MapShows();
        app.MapApiGroup("/releases", "Releases").MapReleases();
        app.MapApiGroup("/lanes", "Lanes").MapLanes();
        app.MapApiGroup("/failures", "Failures").MapFailures();
        app.MapApiGroup("/jobs", "Jobs").MapJobs();
        app.MapApiGroup("/queues", "Queues").MapQueues();
        app.MapApiGroup("/outbox", "Outbox").MapOutboxes();
        app.MapApiGroup("/audit", "Audit").MapAudit();
        app.MapApiGroup("/backlog-runs", "Backlog").MapBacklogRuns();
    }

    // Only in our own records: a naming policy would also rename the fields of problems, and those of other services in the process.
    private static void NameFieldsInSnakeCase(JsonTypeInfo type)
    {
        foreach (var field in type.Type.Assembly == typeof(IngestApiSetup).Assembly ? type.Properties : [])
            field.Name = JsonNamingPolicy.SnakeCaseLower.ConvertName(field.Name);
    }

    private static RouteGroupBuilder MapApiGroup(this IEndpointRouteBuilder app, string prefix, string tag) => app.MapGroup(prefix)
        .WithGroupName(Document)
        .WithTags(tag)
        .RequireAuthorization(policy => policy.RequireOwner())
        .AddEndpointFilter(Posted.Check)
        .WithMetadata(new RequestSizeLimitAttribute(128 * 1024))
        .ProducesValidationProblem()
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}
