namespace Podcast.Publishing;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Episode {EpisodeId} on {Channel}: {Step} is {Outcome}. {Reason}")]
    public static partial void StepEnded(
        this ILogger logger, Guid episodeId, PublishingChannel channel, Step step, StepOutcome outcome, string? reason);

    [LoggerMessage(LogLevel.Information, "Episode {EpisodeId} on {Channel}: step {Turn} is past")]
    public static partial void StepIsPast(this ILogger logger, Guid episodeId, PublishingChannel channel, int turn);

    [LoggerMessage(LogLevel.Error, "A step of a publication failed in our own code")]
    public static partial void StepBroke(this ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Information, "Episode {EpisodeId} belongs to no show, so it is not published")]
    public static partial void NoShow(this ILogger logger, Guid episodeId);
}
