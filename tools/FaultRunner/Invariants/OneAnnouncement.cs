using Podcast.FaultRunner.Evidence;

namespace Podcast.FaultRunner.Invariants;

/// <summary>
/// Checks that there is one <c>EpisodeProcessed</c> for each processed episode and none for any other, because the publishing
/// side acts on it. Copies share a message id and count once.
/// </summary>
internal static class OneAnnouncement
{
    public static IEnumerable<string> Violations(RunEvidence run)
    {
        var announced = run.Messages.Where(message => message.Exchange == "podcast.episode-processed").ToLookup(message => message.EpisodeId);
        foreach (var saga in run.Sagas)
        {
            var count = announced[saga.Id].Count();
            if (count > 1)
                yield return $"doubled: {saga.Title} ({saga.Id}) was announced as processed {count} times";
            if (count == 0 && saga.State == "Processed")
                yield return $"lost: {saga.Title} ({saga.Id}) is processed, and nobody was told";
            if (count > 0 && saga.State != "Processed")
                yield return $"wrong: {saga.Title} ({saga.Id}) is {saga.State}, and was announced as processed";
        }
    }

    public static string Measure(RunEvidence run) => $"{run.Messages.Count(message => message.Exchange == "podcast.episode-processed")} announcements";
}
