using Podcast.Contracts;
using Podcast.FaultRunner.Evidence;

namespace Podcast.FaultRunner.Invariants;

/// <summary>
/// Checks that each genuine webhook that was answered 2xx was consumed, and that its news was applied, superseded or recorded.
/// </summary>
internal static class Webhooks
{
    public static IEnumerable<string> Violations(RunEvidence run)
    {
        var entries = run.Sagas
            .SelectMany(saga => saga.Tasks.Entries.Select(entry => (saga, entry)))
            .ToLookup(pair => (pair.saga.Id, pair.entry.Kind));
        var tasks = run.ProviderTasks.ToDictionary(task => task.Id);
        foreach (var webhook in run.Webhooks.Where(webhook => webhook is { IsGenuine: true, IsAcknowledged: true }))
        {
            if (!run.Inbox.Contains(webhook.MessageId))
                yield return $"lost: a webhook that task {webhook.TaskId} is {webhook.About} was acknowledged and never consumed";

            if (webhook.About == "Processing" || tasks.GetValueOrDefault(webhook.TaskId)?.Identity is not { } name)
                continue;
            foreach (var (saga, entry) in entries[(name.EpisodeId, name.Kind)])
            {
                var isApplied = entry.State is TaskState.Completed or TaskState.Cancelled || saga.State is "Cancelled" or "Failed";
                if (!isApplied && entry.IttybitTaskId != webhook.TaskId && entry.Past.TrueForAll(past => past.IttybitTaskId != webhook.TaskId))
                    yield return $"without effect: a webhook that task {webhook.TaskId} is {webhook.About} was acknowledged, and {name} ({entry.State}) shows nothing of it";
            }
        }
    }

    public static string Measure(RunEvidence run)
    {
        var genuine = run.Webhooks.Where(webhook => webhook.IsGenuine).ToList();
        return $"{genuine.Count(webhook => webhook.IsAcknowledged)} acknowledged, {genuine.Count(webhook => webhook.State == "dropped")} dropped on the way, "
            + $"{genuine.Count(webhook => webhook is { IsAcknowledged: false, State: not "dropped" })} never taken";
    }
}
