using Microsoft.AspNetCore.Http.HttpResults;

namespace Podcast.WebhookGateway.Receiving;

/// <summary>
/// The two routes for Ittybit's webhooks. Neither binds the body, because its raw bytes are limited and verified before parsing.
/// </summary>
internal static class WebhookEndpoints
{
    public static void MapWebhooks(this IEndpointRouteBuilder app)
    {
        var webhooks = app.MapGroup("/webhooks/ittybit").WithTags("Webhooks").AllowAnonymous();
        webhooks.MapPost("/", Report);
        webhooks.MapPost("/{episodeId}/{task}/{attempt}/{token}", ReportOfTask);
    }

    private static Task<Results<Ok<Receipt>, ProblemHttpResult>> Report(HttpContext http, WebhookReceiver receiver) =>
        receiver.Receive(http, callback: null);

    private static Task<Results<Ok<Receipt>, ProblemHttpResult>> ReportOfTask(
        string episodeId, string task, string attempt, string token, HttpContext http, WebhookReceiver receiver) =>
        receiver.Receive(http, new Callback(episodeId, task, attempt, token));
}
