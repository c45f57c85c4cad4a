using System.CommandLine;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Podcast.Hosting;
using Podcast.Orchestrator;
using Podcast.WebhookGateway;

namespace Podcast.Faults.BuiltIn;

/// <summary>
/// A service put together as it ships, and then broken in one place. Nothing in the services themselves can be switched to this.
/// </summary>
internal static class BrokenHost
{
    /// <summary><c>host orchestrator --without inbox</c></summary>
    public static Command Verb()
    {
        var service = new Argument<string>("service").AcceptOnlyFromAmong("orchestrator", "gateway");
        var without = new Option<BuiltInFault>("--without") { Description = "What it does without.", Required = true };
        var verb = new Command("host", "Runs a service that is deliberately broken, until it is told to end.") { service, without };
        verb.SetAction(arguments => Run(arguments.GetValue(service)!, arguments.GetValue(without)));
        return verb;
    }

    private static Task<int> Run(string service, BuiltInFault fault)
    {
        var builder = WebApplication.CreateBuilder();
        builder.AddServiceDefaults();
        builder.AddMessageBus(bus =>
        {
            if (service == "orchestrator")
                bus.AddOrchestrator();
            else
                bus.AddWebhookGateway();
            Break(bus, fault);
        });

        var app = builder.Build();
        app.MapServiceDefaults();
        if (service == "gateway")
            app.MapWebhookGateway();
        return app.RunAsync([]);
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
        }
    }
}
