using Podcast.Contracts;
using Podcast.FaultRunner.Evidence;

namespace Podcast.FaultRunner.Invariants;

/// <summary>
/// Checks that the provider has at most one task per episode, kind and attempt, and that its state and the orchestrator's agree.
/// Tasks that the provider has forgotten do not count, because a request for one is answered as unknown and the task is made
/// again.
/// </summary>
internal static class OneTaskEach
{
    public static IEnumerable<string> Violations(RunEvidence run)
    {
        var live = run.ProviderTasks.Where(task => !task.IsLost).ToList();
        foreach (var twins in live.Where(task => task.Identity is not null).GroupBy(task => task.Identity).Where(twins => twins.Count() > 1))
            yield return $"doubled: {twins.Key} has the tasks {string.Join(", ", twins.Select(task => $"{task.Id} ({task.Status})"))}";
        foreach (var nobodys in live.Where(task => task.Identity is null))
            yield return $"nobody's: task {nobodys.Id} has the ref {nobodys.Ref}";

        var sagas = run.Sagas.ToDictionary(saga => saga.Id);
        foreach (var task in live.Where(task => task.Identity is not null))
        {
            var name = task.Identity!;
            if (!sagas.TryGetValue(name.EpisodeId, out var saga))
                yield return $"orphan: task {task.Id} is for {name}, and there is no such episode";
            else if (saga.State is not ("Cancelled" or "Failed") && Claims(saga).All(claim => claim.TaskId != task.Id))
                yield return $"orphan: task {task.Id} was made for {name}, and the episode ({saga.State}) does not know it";
        }

        var known = run.ProviderTasks.ToDictionary(task => task.Id);
        foreach (var (saga, claim) in run.Sagas.SelectMany(saga => Claims(saga).Select(claim => (saga, claim))))
        {
            if (!known.TryGetValue(claim.TaskId, out var task))
                yield return $"unknown: {saga.Id}/{claim.Kind} names the task {claim.TaskId}, which the provider never made";
            else if (task.Identity is { } name && (name.EpisodeId != saga.Id || name.Kind != claim.Kind || !claim.MayBeOf(name.Attempt)))
                yield return $"mixed up: {saga.Id}/{claim.Kind} takes {claim.TaskId} for attempt {claim.Attempt}, and it was made for {name}";
        }
    }

    public static string Measure(RunEvidence run) => $"{run.ProviderTasks.Count} tasks, {run.ProviderTasks.Count(task => task.IsLost)} of them forgotten by the provider";

    private static IEnumerable<Claim> Claims(SagaFact saga)
    {
        foreach (var entry in saga.Tasks.Entries)
        {
            foreach (var past in entry.Past)
                yield return new(entry.Kind, past.IttybitTaskId, past.Attempt);
            if (entry.IttybitTaskId is { } id)
                yield return new(entry.Kind, id, entry.Attempt, IsWinner: entry.State == TaskState.Completed);
        }
    }

    /// <summary>
    /// The first success of any attempt wins, so the task that completed an entry may belong to an earlier attempt.
    /// </summary>
    private sealed record Claim(TaskKind Kind, string TaskId, int Attempt, bool IsWinner = false)
    {
        public bool MayBeOf(int attempt) => attempt == Attempt || (IsWinner && attempt < Attempt);
    }
}
