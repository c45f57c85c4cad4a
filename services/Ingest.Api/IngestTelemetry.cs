using System.Diagnostics.Metrics;
using Podcast.Hosting.Telemetry;

namespace Podcast.Ingest.Api;

/// <summary>
/// The meter <c>Podcast.Ingest.Api</c>: what the read model knows of episodes and lanes. Every instance shows the same gauges: of
/// several, take the largest.
/// </summary>
internal sealed class IngestTelemetry
{
    public const string Name = "Podcast.Ingest.Api";

    private readonly Counter<long> changes;

    public IngestTelemetry(
        IMeterFactory meters, IServiceScopeFactory scopes, LaneDirectory lanes, TimeProvider clock, ILogger<IngestTelemetry> logger)
    {
        var meter = meters.Create(Name);
        changes = meter.CreateCounter<long>("podcast.episodes.changes", "{change}", "Changes of episodes, by what changed and the task.");

        var unfinished = new GaugeReading<Unfinished>(cancellationToken => Read(scopes, cancellationToken), clock, logger);
        meter.CreateObservableGauge(
            "podcast.episodes.unfinished",
            () => unfinished.Value.Select(state => new Measurement<long>(
                state.Count, new KeyValuePair<string, object?>("state", state.State))),
            "{episode}", "Episodes of which something is still to come, by state.");
        meter.CreateObservableGauge(
            "podcast.episodes.unfinished.age",
            () => unfinished.Value.Select(state => Since(state.Oldest, state)),
            "s", "The age of the oldest unfinished episode, by state; 0 if there is none.");
        meter.CreateObservableGauge(
            "podcast.episodes.unfinished.idle",
            () => unfinished.Value.Select(state => Since(state.LeastRecent, state)),
            "s", "The time since the last change of the unfinished episode that has had none for longest, by state; 0 if there is none.");

        var states = new GaugeReading<ThrottleStatus>(
            async cancellationToken => await Task.WhenAll(
                (await lanes.All(cancellationToken)).Select(lane => lane.Read(cancellationToken))), clock, logger);
        meter.CreateObservableGauge(
            "podcast.lane.state",
            () => from lane in states.Value
                  from state in Enum.GetValues<LaneState>()
                  select new Measurement<long>(
                      lane.State == state ? 1 : 0, [.. Labels(lane), new("state", WireNames<LaneState>.Of(state))]),
            "{lane}", "1 for the state in which the lane of a provider's account is, 0 for the others.");
        meter.CreateObservableGauge(
            "podcast.lane.rate",
            () => states.Value.Where(lane => lane.Rate > 0).Select(lane => new Measurement<double>(lane.Rate, Labels(lane))),
            "{call}/s", "The calls per second that a lane allows now; nothing where there is no limit.");

        Measurement<double> Since(DateTimeOffset? time, Unfinished state) => new(
            time is { } at ? Math.Max(0, (clock.GetUtcNow() - at).TotalSeconds) : 0,
            new KeyValuePair<string, object?>("state", state.State));
    }

    /// <summary>Counts a change that was stored for the first time.</summary>
    /// <param name="what">The word of the history, such as <c>task_failed</c>.</param>
    /// <param name="task">The wire name of the task; null if it is of the whole episode.</param>
    public void Changed(string what, string? task) => changes.Add(1, new("change", what), new("task", task ?? ""));

    private static KeyValuePair<string, object?>[] Labels(ThrottleStatus lane) =>
        lane.Name.Split('/', 2) is [var provider, var account]
            ? [new("provider", provider), new("account", account)]
            : [new("provider", lane.Name), new("account", "")];

    private static async Task<IReadOnlyList<Unfinished>> Read(IServiceScopeFactory scopes, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var found = await scope.ServiceProvider.GetRequiredService<IngestDb>().Episodes
            .Where(episode => EF.Constant(Status.Unfinished).Contains(episode.Status)) // as constants: the index has the same list
            .GroupBy(episode => episode.Status)
            .Select(same => new Unfinished(
                same.Key, same.Count(), same.Min(episode => (DateTimeOffset?)episode.CreatedAt),
                same.Min(episode => (DateTimeOffset?)episode.UpdatedAt)))
            .ToListAsync(cancellationToken);
        return [.. Status.Unfinished.Select(state => found.Find(one => one.State == state) ?? new Unfinished(state, 0, null, null))];
    }

    private sealed record Unfinished(string State, int Count, DateTimeOffset? Oldest, DateTimeOffset? LeastRecent);
}
