using System.CommandLine;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Podcast.Hosting;
using Podcast.Ingest.Api;
using Podcast.Orchestrator;
using Podcast.Processing;
using Podcast.Publishing;
using Podcast.WebhookGateway;

namespace Podcast.FaultRunner.BuiltIn;

/// <summary>
/// Hosts services as they ship, and optionally breaks them in one place. The services themselves have no switch for this.
/// </summary>
internal static class BrokenHost
{
    /// <summary>The command, such as <c>host orchestrator --without inbox</c>.</summary>
    public static Command Verb()
    {
        var service = new Argument<string>("service").AcceptOnlyFromAmong("orchestrator", "gateway", "publisher", "all");
        var without = new Option<BuiltInFault?>("--without") { Description = "What it does without." };
        var verb = new Command("host", "Runs a service that may be deliberately broken, until it is told to end.") { service, without };
        verb.SetAction(arguments => Run(arguments.GetValue(service)!, arguments.GetValue(without)));
        return verb;
    }

    private static Task<int> Run(string service, BuiltInFault? fault)
    {
        var builder = WebApplication.CreateBuilder();
        builder.AddServiceDefaults();
        builder.AddMessageBus(bus =>
        {
            Add(bus, service, builder.Configuration);
            if (fault is { } broken)
                Break(bus, broken);
        });

        var app = builder.Build();
        app.MapServiceDefaults();
        if (service is "gateway" or "all")
            app.MapWebhookGateway();
        if (service == "all")
            app.MapIngestApi();
        return app.RunAsync([]);
    }

    private static void Add(IBusRegistrationConfigurator bus, string service, IConfiguration configuration)
    {
        if (service is "orchestrator" or "all")
            bus.AddOrchestrator();
        if (service is "gateway" or "all")
            bus.AddWebhookGateway();
        if (service == "publisher")
            bus.AddPublishing(configuration);
        if (service == "all")
        {
            bus.AddIngestApi();
            bus.AddProcessing();
        }
    }

    private static void Break(IBusRegistrationConfigurator bus, BuiltInFault fault)
    {
        switch (fault)
        {
            case BuiltInFault.Inbox:
                bus.SkipInbox();
                break;
            case BuiltInFault.Confirm:
                bus.AnswerBeforeConfirmation();
                break;
            case BuiltInFault.Fence:
                bus.DropFence();
                break;
            case BuiltInFault.Search:
                bus.FindNothing();
                break;
        }
    }
}
