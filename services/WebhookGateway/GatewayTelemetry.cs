using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Podcast.WebhookGateway;

/// <summary>The gateway's meter and activity source, both named <c>Podcast.WebhookGateway</c>.</summary>
internal sealed class GatewayTelemetry : IDisposable
{
    public const string Name = "Podcast.WebhookGateway";

    private readonly ActivitySource source = new(Name);
    private readonly Counter<long> received;
    private readonly Counter<long> rejected;

    public GatewayTelemetry(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        received = meter.CreateCounter<long>(
            "podcast.webhooks.received", "{delivery}", "Deliveries acknowledged, by route and outcome.");
        rejected = meter.CreateCounter<long>(
            "podcast.webhooks.rejected", "{delivery}", "Deliveries not acknowledged, by route and reason.");
    }

    public void Received(string route, string outcome) => received.Add(1, new("route", route), new("outcome", outcome));

    public void Rejected(string route, string reason) => rejected.Add(1, new("route", route), new("reason", reason));

    /// <summary>
    /// Continues the trace that requested the task: its <paramref name="traceparent"/> is in the query of the callback's address.
    /// The HTTP request of the delivery is added as a link.
    /// </summary>
    public Activity? Continue(string? traceparent)
    {
        var links = Activity.Current is { } request ? new[] { new ActivityLink(request.Context) } : null;
        return ActivityContext.TryParse(traceparent, null, isRemote: true, out var asked)
            ? source.StartActivity("ittybit webhook", ActivityKind.Consumer, asked, links: links)
            : source.StartActivity("ittybit webhook", ActivityKind.Consumer);
    }

    public void Dispose() => source.Dispose();
}
