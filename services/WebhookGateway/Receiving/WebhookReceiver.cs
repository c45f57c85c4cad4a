using System.Globalization;
using System.Text.Json;
using MassTransit;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Podcast.Hosting.Bus;
using Podcast.WebhookGateway.Translating;

namespace Podcast.WebhookGateway.Receiving;

/// <summary>
/// Processes a delivery: authenticate, take a permit, read the body, verify its signature, translate, publish, and only then
/// acknowledge.
/// </summary>
/// <param name="bus">Not the scoped publish endpoint, which may write to an outbox that the gateway never commits.</param>
internal sealed class WebhookReceiver(
    DeliveryAuthenticator authenticator,
    DeliveryPermits permits,
    IBus bus,
    GatewayTelemetry telemetry,
    IOptions<GatewayOptions> options,
    TimeProvider clock,
    ILogger<WebhookReceiver> logger)
{
    /// <summary>Processes one delivery; <paramref name="callback"/> is null on the plain route.</summary>
    public async Task<Results<Ok<Receipt>, Rejection>> Receive(HttpContext http, Callback? callback)
    {
        using var deadline = new CancellationTokenSource(options.Value.AnswerWithin, clock);
        var answer = await Accept(http, callback, deadline.Token);
        if (answer.Result is Rejection rejection)
        {
            var (route, wait) = (Route(callback), Math.Ceiling(options.Value.RetryAfter.TotalSeconds));
            telemetry.Rejected(route, rejection.Reason);
            logger.DeliveryRejected(
                rejection == Rejection.Flood ? LogLevel.Debug : LogLevel.Warning,
                route, http.Connection.RemoteIpAddress, rejection.Reason, rejection.StatusCode);
            if (rejection.Retryable)
                http.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        }

        return answer;
    }

    private async Task<Results<Ok<Receipt>, Rejection>> Accept(HttpContext http, Callback? callback, CancellationToken deadline)
    {
        if (authenticator.Refuse(http.Request, callback) is { } refusal)
            return refusal;

        using var permit = await permits.Take(callback is not null, deadline);
        if (permit is not { IsAcquired: true } || deadline.IsCancellationRequested)
            return Rejection.Flood;

        using var buffer = new MemoryStream();
        if (await Read(http, buffer, deadline) is { } unread)
            return unread;
        var body = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        if (authenticator.Refuse(http.Request, callback, body.Span) is { } forged)
            return forged;

        var delivery = Delivery.Read(body, options.Value.MaxJsonDepth);
        if (delivery.Problem is { } problem)
            return Rejection.Malformed(problem);
        if (delivery.OtherSubject is { } subject)
            return Ignore(callback, subject);
        if (delivery.Task!.Id.Length == 0 && callback is null)
            return Ignore(callback, "file"); // an output file without its task's id

        using var trace = telemetry.Continue(http.Request.Query["traceparent"]);
        return await Publish(delivery.Task, callback, body, deadline);
    }

    /// <summary>Copies the body up to the limit; null if it was read to its end.</summary>
    private async Task<Rejection?> Read(HttpContext http, MemoryStream buffer, CancellationToken deadline)
    {
        http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = options.Value.MaxBodyBytes;
        try
        {
            await http.Request.Body.CopyToAsync(buffer, deadline);
            return null;
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException)
        {
            return (failure as BadHttpRequestException)?.StatusCode switch
            {
                StatusCodes.Status413PayloadTooLarge => Rejection.TooLarge,
                StatusCodes.Status408RequestTimeout => Rejection.TooSlow,
                _ => deadline.IsCancellationRequested ? Rejection.TooSlow : Rejection.CutShort,
            };
        }
    }

    private async Task<Results<Ok<Receipt>, Rejection>> Publish(
        IttybitTask task, Callback? callback, ReadOnlyMemory<byte> body, CancellationToken deadline)
    {
        var attempt = callback?.Name;
        var message = attempt is null ? task.Report(clock.GetUtcNow()) : task.Event(attempt, clock.GetUtcNow());
        try
        {
            await bus.PublishConfirmed(message, deadline, DeliveryId.Of(attempt, body.Span));
        }
        catch (Exception failure)
        {
            logger.BrokerRefused(failure.GetBaseException().GetType().Name);
            return Rejection.Broker;
        }

        telemetry.Received(Route(callback), JsonNamingPolicy.SnakeCaseLower.ConvertName(task.Outcome.ToString()));
        if (attempt is null)
            logger.ReportReceived(task.Word, task.Id);
        else
            logger.CallbackReceived(task.Word, attempt.Kind, attempt.Attempt, attempt.EpisodeId, task.Id);
        return TypedResults.Ok(new Receipt("received", task.Id.Length == 0 ? null : task.Id));
    }

    private Ok<Receipt> Ignore(Callback? callback, string subject)
    {
        telemetry.Received(Route(callback), "ignored");
        logger.OtherSubjectReceived(subject);
        return TypedResults.Ok(new Receipt("ignored"));
    }

    private static string Route(Callback? callback) => callback is null ? "plain" : "callback";
}
