using Podcast.FaultRunner.Evidence;

namespace Podcast.FaultRunner.Invariants;

/// <summary>
/// Checks that all messages were consumed: queues, outboxes and error queues are empty, and the recorder received every version
/// of every episode.
/// </summary>
internal static class Messages
{
    public static IEnumerable<string> Violations(RunEvidence run)
    {
        foreach (var (place, count) in run.Leftovers.Where(left => left.Value > 0))
            yield return $"left over: {count} {place}";
        foreach (var error in run.Errors)
            yield return $"given up: {error}";

        var heard = run.Snapshots
            .SelectMany(snapshot => snapshot.Change.Changes().Select(change => (snapshot.Change.EpisodeId, change.Version)))
            .ToHashSet();
        foreach (var saga in run.Sagas)
        {
            var missed = Enumerable.Range(1, saga.Version).Where(version => !heard.Contains((saga.Id, version))).ToList();
            if (missed.Count > 0)
                yield return $"vanished: nobody heard of version {string.Join(", ", missed)} of {saga.Title} ({saga.Id})";
        }
    }

    public static string Measure(RunEvidence run) => $"{run.Messages.Count} messages";
}
