using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Podcast.WebhookGateway;

/// <summary>The gateway's meter and activity source, both named <c>Podcast.WebhookGateway</c>.</summary>
internal sealed class GatewayTelemetry(IMeterFactory meters) : IDisposable
{
    public const string Name = "Podcast.WebhookGateway";

    private readonly ActivitySource source = new(Name);

    private readonly Counter<long> received = meters.Create(Name).CreateCounter<long>(
        "podcast.webhooks.received", "{delivery}", "Deliveries acknowledged, by route and outcome.");

    private readonly Counter<long> rejected = meters.Create(Name).CreateCounter<long>(
        "podcast.webhooks.rejected", "{delivery}", "Deliveries not acknowledged, by route and reason.");

    public void Received(string route, string outcome) => received.Add(1, new("route", route), new("outcome", outcome));

    public void Rejected(string route, string reason) => rejected.Add(1, new("route", route), new("reason", reason));

    /// <summary>Continues the trace that requested the task; the HTTP request of the delivery is added as a link.</summary>
    /// <param name="traceparent">From the query of the callback's address.</param>
    public Activity? Continue(string? traceparent) => ActivityContext.TryParse(traceparent, null, isRemote: true, out var asked)
        ? source.StartActivity(
            "ittybit webhook", ActivityKind.Consumer, asked, links: Activity.Current is { } request ? [new(request.Context)] : null)
        : source.StartActivity("ittybit webhook", ActivityKind.Consumer);

    public void Dispose() => source.Dispose();
}
