using System.Text.Json;
using System.Text.Json.Nodes;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Podcast.Contracts;
using Podcast.Hosting;
using Podcast.Ingest.Api;
using Podcast.Orchestrator;
using Podcast.Outbox;
using Podcast.Processing;
using Podcast.Publishing;
using Podcast.WebhookGateway;

namespace Podcast.Deploy.Tests.Hosts;

/// <summary>A host as it is built, read off its own composition: what it consumes, what it publishes, what settings it takes.</summary>
internal sealed class Host
{
    private readonly Type composition;
    private readonly Action<IBusRegistrationConfigurator> compose;
    private readonly Action<IEndpointRouteBuilder>? map;

    // Kept for as long as the tests run: MassTransit logs, for the whole process, to the last host that was made.
    private readonly Lazy<WebApplication> app;
    private readonly Lazy<IReadOnlyList<JsonObject>> endpoints;

    private Host(
        string name, Type composition, Action<IBusRegistrationConfigurator> compose, Action<IEndpointRouteBuilder>? map = null)
    {
        (Name, this.composition, this.compose, this.map) = (name, composition, compose, map);
        app = new(() => Build(new Dictionary<string, string>()));
        endpoints = new(Endpoints);
    }

    /// <summary>Every host that is on the bus.</summary>
    public static IReadOnlyList<Host> All { get; } =
    [
        new("ingest-api", typeof(IngestApiSetup), bus => bus.AddIngestApi(), app => app.MapIngestApi()),
        new("orchestrator", typeof(OrchestratorSetup), bus => bus.AddOrchestrator()),
        new("processing", typeof(ProcessingSetup), bus => bus.AddProcessing()),
        new("publishing", typeof(PublishingSetup), bus => bus.AddPublishing(new ConfigurationManager())),
        new("webhook-gateway", typeof(WebhookGatewaySetup), bus => bus.AddWebhookGateway(), app => app.MapWebhookGateway()),
    ];

    /// <summary>How images, deployments and RabbitMQ's users are called.</summary>
    public string Name { get; }

    /// <summary>The folder under <c>services/</c>.</summary>
    public string Folder => composition.Assembly.GetName().Name!["Podcast.".Length..];

    /// <summary>The queues that it works off.</summary>
    public IReadOnlyList<string> Queues => [.. endpoints.Value.SelectMany(topology => Many(topology["queue"]))
        .Where(queue => queue.Word("durable") == "true")
        .Select(queue => queue.Word("name")!)
        .Where(queue => !queue.EndsWith("_error", StringComparison.Ordinal))];

    /// <summary>The first parts of the paths that callers may use.</summary>
    public IReadOnlyList<string> Routes
    {
        get
        {
            using var mapped = Build(new Dictionary<string, string>());
            map?.Invoke(mapped);
            return [.. ((IEndpointRouteBuilder)mapped).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
                .Select(route => $"/{route.RoutePattern.RawText!.Trim('/').Split('/')[0]}").Distinct()];
        }
    }

    /// <summary>The exchanges of the messages that it consumes.</summary>
    public IReadOnlyList<string> Consumes => [.. endpoints.Value.SelectMany(topology => Many(topology["exchange-binding"]))
        .Select(binding => binding.Word("source")!).Distinct()];

    /// <summary>The exchanges of the messages that its code makes.</summary>
    public IReadOnlyList<string> Publishes => [.. ContractsMade.By(composition.Assembly).Where(IsMessage).Select(Exchange)];

    /// <summary>The exchange that messages of this type go through.</summary>
    public static string Exchange(Type message) => (string)typeof(Host).GetMethod(nameof(EntityName))!.MakeGenericMethod(message).Invoke(null, [])!;

    /// <summary>The exchange that tells of a message of <paramref name="exchange"/> that failed.</summary>
    public static string Fault(string exchange) => exchange.Replace("podcast.", "podcast.fault.", StringComparison.Ordinal);

    /// <summary>What it says about these settings at its start; empty when it would start.</summary>
    public IReadOnlyList<string> Objections(IReadOnlyDictionary<string, string> environment)
    {
        using var configured = Build(environment);
        try
        {
            configured.Services.GetService<IStartupValidator>()?.Validate();
            return [];
        }
        catch (OptionsValidationException objections)
        {
            return [.. objections.Failures];
        }
        catch (AggregateException several)
        {
            return [.. several.InnerExceptions.Select(objection => objection.Message)];
        }
    }

    /// <summary>Whether it calls addresses that others gave it, such as those of outputs.</summary>
    public bool CallsOutside => app.Value.Services.GetService<OutsideAddresses>() is not null;

    /// <summary>The names of its outboxes.</summary>
    public IReadOnlyList<string> Outboxes => [.. app.Value.Services.GetServices<IOutboxDesk>().Select(desk => desk.Name)];

    /// <summary>How long it takes to stop, at most.</summary>
    public TimeSpan StopsWithin => app.Value.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout;

    /// <summary>The host with these settings, running.</summary>
    public async Task<WebApplication> Start(IReadOnlyDictionary<string, string> environment)
    {
        var running = Build(environment);
        running.MapServiceDefaults();
        await running.StartAsync();
        return running;
    }

    public static string EntityName<T>()
        where T : class =>
        All[0].app.Value.Services.GetRequiredService<IBusControl>().Topology.Message<T>().EntityName;

    public override string ToString() => Name;

    private IReadOnlyList<JsonObject> Endpoints()
    {
        var probe = JsonSerializer.SerializeToNode(app.Value.Services.GetRequiredService<IBusControl>().GetProbeResult().Results);
        return [.. Many(probe.At("bus.host.receiveEndpoint")).Select(endpoint => (JsonObject)endpoint.At("receiveTransport.topology")!)];
    }

    private WebApplication Build(IReadOnlyDictionary<string, string> environment)
    {
        // Empty: nothing is read from files, arguments or this process' own environment.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:RabbitMq"] = "amqp://a:b@localhost/c" });
        builder.Configuration.AddInMemoryCollection(environment.Select(setting =>
            KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value)));
        builder.AddServiceDefaults();
        builder.AddMessageBus(compose);
        return builder.Build();
    }

    /// <summary>A probe shows one of something as itself, several as a list.</summary>
    private static IEnumerable<JsonObject> Many(JsonNode? node) => node switch
    {
        JsonArray list => list.OfType<JsonObject>(),
        JsonObject one => [one],
        _ => [],
    };

    private static bool IsMessage(Type contract) =>
        contract.GetProperty(nameof(EpisodeUploaded.EpisodeId)) is not null
        || contract == typeof(TaskReported) || contract == typeof(PublicationDue);
}
