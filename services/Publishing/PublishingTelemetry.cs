using System.Diagnostics.Metrics;
using Podcast.Hosting.Telemetry;

namespace Podcast.Publishing;

/// <summary>
/// The meter <c>Podcast.Publishing</c>: what is not published yet. Every instance shows the same: of several, take the largest.
/// </summary>
internal sealed class PublishingTelemetry
{
    public const string Name = "Podcast.Publishing";

    public PublishingTelemetry(
        IMeterFactory meters, IServiceScopeFactory scopes, TimeProvider clock, ILogger<PublishingTelemetry> logger)
    {
        var backlog = new GaugeReading<Backlog>(cancellationToken => Read(scopes, cancellationToken), clock, logger);
        var meter = meters.Create(Name);
        meter.CreateObservableGauge(
            "podcast.publications.unfinished",
            () => backlog.Value.Select(one => new Measurement<long>(one.Count, Labels(one))),
            "{publication}", "Publications of which something is still to come, by channel and state; trailing captions aside.");
        meter.CreateObservableGauge(
            "podcast.publications.planned.age",
            () => backlog.Value.Where(one => one.State == nameof(PublicationStateMachine.Working)).Select(one => new Measurement<double>(
                one.Planned is { } at ? Math.Max(0, (clock.GetUtcNow() - at).TotalSeconds) : 0, Channel(one))),
            "s", "How long ago the oldest planned upload that is not through was to begin, by channel; 0 if none is late.");
    }

    private static KeyValuePair<string, object?> Channel(Backlog one) => new("channel", WireNames<PublishingChannel>.Of(one.Channel));

    private static KeyValuePair<string, object?>[] Labels(Backlog one) =>
        [Channel(one), new("state", System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(one.State))];

    private static async Task<IReadOnlyList<Backlog>> Read(IServiceScopeFactory scopes, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var found = await scope.ServiceProvider.GetRequiredService<PublishingDbContext>().Publications
            .Where(one => EF.Constant(PublicationMap.Unfinished).Contains(one.CurrentState)) // as constants: the index has the same list
            .GroupBy(one => new { one.Channel, one.CurrentState })
            .Select(same => new Backlog(same.Key.Channel, same.Key.CurrentState, same.Count(), same.Min(one => one.PlannedAt)))
            .ToListAsync(cancellationToken);
        return
        [
            .. from channel in Enum.GetValues<PublishingChannel>()
               from state in PublicationMap.Unfinished
               select found.Find(one => one.Channel == channel && one.State == state) ?? new Backlog(channel, state, 0, null),
        ];
    }

    private sealed record Backlog(PublishingChannel Channel, string State, int Count, DateTimeOffset? Planned);
}
