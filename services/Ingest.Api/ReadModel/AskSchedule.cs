using Podcast.Contracts;
using Podcast.Ingest.Api.Data;

namespace Podcast.Ingest.Api.ReadModel;

/// <summary>When the orchestrator is asked for an episode of which nothing is heard.</summary>
internal static class AskSchedule
{
    // A held episode goes on by itself when a late answer brings what it was held for.
    private static readonly string[] mayGoOn =
        [Status.Of(EpisodeStatus.Processing), Status.Of(EpisodeStatus.Completing), Status.Of(EpisodeStatus.Held)];

    /// <summary>After a snapshot: null at an episode's end, where only a person's order changes something.</summary>
    public static DateTimeOffset? First(string status, DateTimeOffset now, ReadModelOptions options) =>
        mayGoOn.Contains(status) ? now + options.AskAfter : null;

    /// <summary>After a question: as long again as nothing was heard. At an episode's end one question is enough.</summary>
    public static DateTimeOffset? Again(Episode episode, DateTimeOffset now, ReadModelOptions options)
    {
        if (!mayGoOn.Contains(episode.Status))
            return null;

        return now + Gap(now - episode.UpdatedAt, options.AskAfter, options.MaxAskGap);
    }

    /// <summary>As long as the silence so far, so that each gap is twice the one before; within limits.</summary>
    public static TimeSpan Gap(TimeSpan silence, TimeSpan shortest, TimeSpan longest)
    {
        var gap = silence < longest ? silence : longest;
        return gap > shortest ? gap : shortest;
    }
}
