using System.Text.Json;
using Podcast.Contracts;
using Podcast.FaultRunner.Evidence;
using Podcast.FaultRunner.Listening;

namespace Podcast.FaultRunner.Invariants;

/// <summary>
/// Checks that the history has exactly one line per version, and no more effects than messages that could cause them.
/// </summary>
internal static class Histories
{
    private static readonly Dictionary<string, TaskKind> faults = TaskKindNames.Commands
        .ToDictionary(command => "fault." + JsonNamingPolicy.KebabCaseLower.ConvertName(command.Value.Name), command => command.Key);

    public static IEnumerable<string> Violations(RunEvidence run)
    {
        var lines = run.History.ToLookup(line => line.EpisodeId);
        foreach (var saga in run.Sagas)
        {
            var versions = lines[saga.Id].Select(line => line.Version).Order().ToList();
            if (!versions.SequenceEqual(Enumerable.Range(1, saga.Version)))
                yield return $"{saga.Title} ({saga.Id}) is in version {saga.Version}, and its history has {versions.Count} lines: {Gaps(versions, saga.Version)}";
        }

        // The orchestrator may publish a version again at the read model's request, but only for the same change.
        var announced = run.Snapshots.SelectMany(snapshot => snapshot.Change.Changes(), (snapshot, change) => (snapshot.Change.EpisodeId, change.Version, change.Change));
        foreach (var twins in announced.GroupBy(one => (one.EpisodeId, one.Version)).Where(twins => twins.DistinctBy(twin => twin.Change).Count() > 1))
            yield return $"doubled: version {twins.Key.Version} of {twins.Key.EpisodeId} was published for {twins.Count()} different changes";

        foreach (var violation in Effects(run))
            yield return violation;
    }

    public static string Measure(RunEvidence run) => $"{run.History.Count} lines";

    /// <summary>Each message causes its effect at most once; copies of it add nothing.</summary>
    private static IEnumerable<string> Effects(RunEvidence run)
    {
        var causes = run.Messages.GroupBy(message => (message.EpisodeId, Cause: CauseOf(message))).ToDictionary(group => group.Key, group => group.Count());
        foreach (var line in run.History.GroupBy(line => (line.EpisodeId, Cause: CauseOf(line))))
        {
            var most = line.Key.Cause is "uploaded" ? 1 : causes.GetValueOrDefault(line.Key);
            if (line.Key.Cause is not null && line.Count() > most)
                yield return $"doubled: {line.Key.EpisodeId} has {line.Count()} lines of {line.Key.Cause}, for {most} messages that could cause one";
        }
    }

    private static string? CauseOf(Heard message) => message.Exchange[Heard.Prefix.Length..] switch
    {
        "retry-episode" => "retry_requested",
        "cancel-episode" => "cancelled",
        "resume-episode" => "resumed",
        "task-failed" => $"task_failed {message.Kind?.WireName()}",
        "task-completed" => $"task_completed {message.Kind?.WireName()}",
        "task-deferred" => $"task_deferred {message.Kind?.WireName()}",
        var fault when faults.TryGetValue(fault, out var kind) => $"task_failed {kind.WireName()}",
        _ => null,
    };

    private static string? CauseOf(HistoryFact line) => line.What switch
    {
        "uploaded" or "retry_requested" or "cancelled" or "resumed" => line.What,
        "task_failed" or "task_completed" or "task_deferred" => $"{line.What} {line.Task}",
        _ => null,
    };

    private static string Gaps(List<int> versions, int last) =>
        $"without {string.Join(", ", Enumerable.Range(1, last).Except(versions))}; beyond it {string.Join(", ", versions.Where(version => version > last))}";
}
