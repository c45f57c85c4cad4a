using Podcast.FaultRunner.Clients;
using Podcast.FaultRunner.Evidence;

namespace Podcast.FaultRunner.Invariants;

/// <summary>
/// Checks that forged webhooks are refused and have no effect. No answer, or an error such as 503, counts as a refusal.
/// </summary>
internal static class Refusals
{
    public static IEnumerable<string> Violations(RunEvidence run)
    {
        foreach (var (what, status) in run.Forgeries.Where(forgery => forgery.Status is >= 200 and < 400))
            yield return $"taken in: {what} was answered {status}";
        // A genuine webhook may equal a forged one, if the provider contradicts itself. It is then consumed rightly.
        var words = run.Webhooks.Where(webhook => webhook is { IsGenuine: true, IsAcknowledged: true }).Select(webhook => webhook.MessageId).ToHashSet();
        foreach (var lie in run.Webhooks.Where(webhook => !webhook.IsGenuine))
        {
            if (lie.IsAcknowledged)
                yield return $"taken in: a lie that task {lie.TaskId} is {lie.About} was answered {lie.Answer}";
            if (run.Inbox.Contains(lie.MessageId) && !words.Contains(lie.MessageId))
                yield return $"believed: a lie that task {lie.TaskId} is {lie.About} was consumed";
        }

        var named = run.Sagas.SelectMany(saga => saga.Tasks.Entries).SelectMany(entry => entry.Past.Select(past => past.IttybitTaskId).Append(entry.IttybitTaskId));
        foreach (var id in named.Concat(run.ReportedTaskIds).OfType<string>().Distinct())
        {
            if (id.StartsWith(WebhookForger.TaskPrefix, StringComparison.Ordinal))
                yield return $"believed: the task {id}, which somebody made up";
        }
    }

    public static string Measure(RunEvidence run) =>
        $"{run.Webhooks.Count(webhook => !webhook.IsGenuine)} lies about tasks, {run.Forgeries.Count} other forgeries";
}
