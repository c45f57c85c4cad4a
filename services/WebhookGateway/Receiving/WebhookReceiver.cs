using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Podcast.WebhookGateway.Translating;

namespace Podcast.WebhookGateway.Receiving;

/// <summary>
/// Processes a delivery: authenticate, take a permit, read the body, verify its signature, translate, publish, and only then
/// acknowledge.
/// </summary>
internal sealed class WebhookReceiver(
    DeliveryAuthenticator authenticator,
    DeliveryLimiter limiter,
    ConfirmedPublisher publisher,
    GatewayTelemetry telemetry,
    IOptionsMonitor<GatewayOptions> options,
    TimeProvider clock,
    ILogger<WebhookReceiver> logger)
{
    /// <summary>Processes one delivery; <paramref name="callback"/> is null on the plain route.</summary>
    public async Task<Results<Ok<Receipt>, ProblemHttpResult>> Receive(HttpContext http, Callback? callback)
    {
        using var deadline = new CancellationTokenSource(options.CurrentValue.AnswerWithin, clock);
        var verdict = await Accept(http, callback, deadline.Token);
        return verdict.Rejection is { } rejection ? Reject(http, callback, rejection) : TypedResults.Ok(verdict.Receipt);
    }

    private async Task<DeliveryResult> Accept(HttpContext http, Callback? callback, CancellationToken deadline)
    {
        if (authenticator.Refuse(http.Request, callback) is { } refusal)
            return refusal;

        using var permit = await limiter.Enter(isCallback: callback is not null, deadline);
        if (permit is null)
            return Rejection.Flood;

        var body = await Body.Read(http.Request, options.CurrentValue.MaxBodyBytes, deadline);
        if (body.Rejection is { } unread)
            return unread;
        if (authenticator.Refuse(http.Request, callback, body.Bytes.Span) is { } forged)
            return forged;

        var delivery = Delivery.Read(body.Bytes, options.CurrentValue.MaxJsonDepth);
        if (delivery.Problem is { } problem)
            return Rejection.Malformed(problem);
        if (delivery.OtherSubject is { } subject)
            return Ignore(callback, subject);
        if (delivery.Task!.Id.Length == 0 && callback is null)
            return Ignore(callback, "file"); // an output file without its task's id

        return await Publish(http, callback?.Name, delivery, body.Bytes, deadline);
    }

    private async Task<DeliveryResult> Publish(
        HttpContext http, TaskAttempt? attempt, Delivery delivery, ReadOnlyMemory<byte> body, CancellationToken deadline)
    {
        var task = delivery.Task!;
        using var trace = telemetry.Continue(http.Request.Query["traceparent"]);
        var message = attempt is null ? task.Report(clock.GetUtcNow()) : task.Event(attempt, clock.GetUtcNow());
        if (!await publisher.Publish(message, DeliveryId.Of(attempt, body.Span), deadline))
            return Rejection.Broker;

        telemetry.Received(Route(attempt is not null), JsonNamingPolicy.SnakeCaseLower.ConvertName(task.Outcome.ToString()));
        if (attempt is null)
            logger.ReportReceived(task.Word, task.Id);
        else
            logger.CallbackReceived(task.Word, attempt.Kind, attempt.Attempt, attempt.EpisodeId, task.Id);
        return new Receipt("received", task.Id.Length == 0 ? null : task.Id);
    }

    private Receipt Ignore(Callback? callback, string subject)
    {
        telemetry.Received(Route(callback is not null), "ignored");
        logger.OtherSubjectReceived(subject);
        return new Receipt("ignored");
    }

    private ProblemHttpResult Reject(HttpContext http, Callback? callback, Rejection rejection)
    {
        var route = Route(callback is not null);
        telemetry.Rejected(route, rejection.Reason);
        logger.DeliveryRejected(
            rejection == Rejection.Flood ? LogLevel.Debug : LogLevel.Warning,
            route, http.Connection.RemoteIpAddress, rejection.Reason, rejection.StatusCode);

        if (rejection.Retryable)
            http.Response.Headers.RetryAfter =
                Math.Ceiling(options.CurrentValue.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);

        // Otherwise Kestrel would read the rest of the body before the next request on the connection.
        if (rejection == Rejection.TooLarge && http.Request.Protocol.StartsWith("HTTP/1", StringComparison.Ordinal))
            http.Response.Headers.Connection = "close";

        // "error" is the answer of the tutorial's handler; the rest is problem+json.
        return TypedResults.Problem(
            rejection.Detail, statusCode: rejection.StatusCode, extensions: new Dictionary<string, object?> { ["error"] = rejection.Detail });
    }

    private static string Route(bool isCallback) => isCallback ? "callback" : "plain";
}
