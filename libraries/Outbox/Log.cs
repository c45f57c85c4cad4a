namespace Podcast.Outbox;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "{Unsent} messages of consumed message {MessageId} are committed but not sent; they will be")]
    public static partial void NotSentYet(this ILogger logger, Exception exception, int unsent, Guid messageId);

    [LoggerMessage(LogLevel.Information, "Dropped a duplicate of message {MessageId}")]
    public static partial void DuplicateDropped(this ILogger logger, Guid messageId);

    [LoggerMessage(LogLevel.Warning, "A scope published {Count} messages without a SaveChanges after it: they are not sent")]
    public static partial void NeverSaved(this ILogger logger, int count);

    [LoggerMessage(LogLevel.Error, "Set aside message {MessageId} ({MessageType}) to {Destination} after attempt {Attempts}: {Reason}")]
    public static partial void SetAside(
        this ILogger logger, Guid messageId, string messageType, string? destination, int attempts, string reason);

    [LoggerMessage(LogLevel.Information, "Sent message {MessageId}, which had been set aside, at attempt {Attempts}")]
    public static partial void SentAfterAll(this ILogger logger, Guid messageId, int attempts);

    [LoggerMessage(LogLevel.Information, "Sent {Count} messages that a process left behind in {Context}")]
    public static partial void LeftoversSent(this ILogger logger, int count, string context);

    [LoggerMessage(LogLevel.Information, "Sent the {Count} messages of the last run again from {Context}; consumers drop what they have")]
    public static partial void Redelivered(this ILogger logger, int count, string context);

    [LoggerMessage(LogLevel.Warning, "The outbox of {Context} cannot work now, trying again in {Delay}")]
    public static partial void OutboxPaused(this ILogger logger, Exception exception, string context, TimeSpan delay);

    [LoggerMessage(LogLevel.Warning, "The bus does not take the messages of {Context} now, trying again in {Delay}: {Reason}")]
    public static partial void BusAway(this ILogger logger, string context, TimeSpan delay, string reason);

    [LoggerMessage(LogLevel.Warning, "{Count} sent messages of {Context} could not be removed before the end; they will be sent again")]
    public static partial void NotRemoved(this ILogger logger, Exception exception, int count, string context);
}
