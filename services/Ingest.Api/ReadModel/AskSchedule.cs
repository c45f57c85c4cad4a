namespace Podcast.Ingest.Api.ReadModel;

/// <summary>When the orchestrator is asked for a snapshot of an episode that sends none.</summary>
internal static class AskSchedule
{
    // A held episode resumes by itself if a late event delivers what it lacked.
    private static readonly string[] mayGoOn =
        [Status.Of(EpisodeStatus.Processing), Status.Of(EpisodeStatus.Completing), Status.Of(EpisodeStatus.Held)];

    /// <summary>After a snapshot. Null for a final status, which only a command can change.</summary>
    public static DateTimeOffset? First(string status, DateTimeOffset now, ReadModelOptions options) =>
        mayGoOn.Contains(status) ? now + options.AskAfter : null;

    /// <summary>
    /// After a question: a gap as long as the silence so far. Null for a final status, where one question is enough.
    /// </summary>
    public static DateTimeOffset? Again(Episode episode, DateTimeOffset now, ReadModelOptions options)
    {
        if (!mayGoOn.Contains(episode.Status))
            return null;

        return now + Gap(now - episode.UpdatedAt, options.AskAfter, options.MaxAskGap);
    }

    /// <summary>As long as the silence so far, so that each gap is twice the one before, within the limits.</summary>
    public static TimeSpan Gap(TimeSpan silence, TimeSpan shortest, TimeSpan longest)
    {
        var gap = silence < longest ? silence : longest;
        return gap > shortest ? gap : shortest;
    }
}
