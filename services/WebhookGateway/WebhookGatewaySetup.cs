using MassTransit;
using Podcast.Contracts;
using Podcast.Hosting;
using Podcast.Hosting.Health;
using Podcast.SettingsBinding;
using Podcast.WebhookGateway.Receiving;

namespace Podcast.WebhookGateway;

/// <summary>Composition of the webhook gateway: verifies, translates and publishes deliveries, and acknowledges last.</summary>
public static class WebhookGatewaySetup
{
    /// <summary>Registers the gateway's services; without a key for callback tokens the process does not start.</summary>
    public static void AddWebhookGateway(this IBusRegistrationConfigurator bus)
    {
        bus.AddIttybitWebhooks();
        bus.AddSettings<GatewayOptions>("WebhookGateway").Validate<IOptions<WebhookOptions>>(
            (options, webhooks) => !options.RequireSignature || webhooks.Value.Secrets.Length > 0,
            "WebhookGateway__RequireSignature needs a secret in ITTYBIT_WEBHOOK_SECRET or Webhooks__Secrets__0.");

        bus.IsReadyWith(MessageBus.HealthCheck);

        // If no queue is bound for a result, publishing it fails and the delivery is not acknowledged.
        bus.MustReachAQueue<TaskCompleted>();
        bus.MustReachAQueue<TaskFailed>();
        bus.MustReachAQueue<TaskReported>();

        bus.AddSingleton<GatewayTelemetry>();
        bus.AddSingleton<DeliveryAuthenticator>();
        bus.AddSingleton<DeliveryPermits>();
        bus.AddSingleton<WebhookReceiver>();

        // ASP.NET Core's request log contains paths, and callback paths contain tokens.
        bus.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning));
    }

    /// <summary>
    /// Maps <c>POST /webhooks/ittybit</c> and <c>/webhooks/ittybit/{episodeId}/{task}/{attempt}/{token}</c>. Neither binds the
    /// body, because its raw bytes are limited and verified before parsing.
    /// </summary>
    public static void MapWebhookGateway(this IEndpointRouteBuilder app)
    {
        var webhooks = app.MapGroup("/webhooks/ittybit").WithTags("Webhooks").AllowAnonymous();
        webhooks.MapPost("/", (HttpContext http, WebhookReceiver receiver) => receiver.Receive(http, callback: null));
        webhooks.MapPost(
            "/{episodeId}/{task}/{attempt}/{token}",
            ([AsParameters] Callback callback, HttpContext http, WebhookReceiver receiver) => receiver.Receive(http, callback));
    }
}
