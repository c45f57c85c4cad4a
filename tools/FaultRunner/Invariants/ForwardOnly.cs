using Podcast.Contracts;
using Podcast.FaultRunner.Evidence;

namespace Podcast.FaultRunner.Invariants;

/// <summary>
/// Checks that from version to version attempts never decrease, a task's state never goes back within an attempt, and final
/// states stay.
/// </summary>
internal static class ForwardOnly
{
    public static IEnumerable<string> Violations(RunEvidence run)
    {
        foreach (var episode in run.Snapshots.Select(snapshot => snapshot.Change).GroupBy(change => change.EpisodeId))
        {
            var versions = episode.OrderBy(change => change.Version).ToList();
            foreach (var (before, after) in versions.Zip(versions.Skip(1)))
            {
                if (before.Status is EpisodeStatus.Processed or EpisodeStatus.Cancelled && after.Status != before.Status)
                    yield return $"{Place(after)} was {before.Status} and became {after.Status}";
                if (before.Status is EpisodeStatus.Failed && after.Status != before.Status && after.Change.What is not ("retry_requested" or "cancelled"))
                    yield return $"{Place(after)} was Failed and became {after.Status} by {after.Change.What}";

                foreach (var (was, task) in Pairs(before, after))
                {
                    if (task.Attempt < was.Attempt)
                        yield return $"{Place(after)}, {task.Kind.WireName()}: attempt {task.Attempt} after attempt {was.Attempt}";
                    if (task.Attempt == was.Attempt && Rank(task.State) < Rank(was.State))
                        yield return $"{Place(after)}, {task.Kind.WireName()}: {task.State} after {was.State} in attempt {task.Attempt}";
                    if (task.Attempt == was.Attempt && Rank(task.State) == 2 && Rank(was.State) == 2 && task.State != was.State)
                        yield return $"{Place(after)}, {task.Kind.WireName()}: was {was.State} and became {task.State} in attempt {task.Attempt}";
                }
            }
        }
    }

    public static string Measure(RunEvidence run) => $"{run.Snapshots.Count} changes";

    private static IEnumerable<(TaskSnapshot Was, TaskSnapshot Is)> Pairs(EpisodeChanged before, EpisodeChanged after) =>
        before.Tasks.Join(after.Tasks, task => task.Kind, task => task.Kind, (was, task) => (was, task));

    private static int Rank(TaskState state) => state switch
    {
        TaskState.Pending => 0,
        TaskState.Processing => 1,
        _ => 2,
    };

    private static string Place(EpisodeChanged change) => $"{change.EpisodeId} in version {change.Version}";
}
