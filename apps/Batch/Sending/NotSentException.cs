namespace Podcast.Batch.Sending;

/// <summary>Thrown by <see cref="RateLimitHandler"/> when the run stops before the request was sent.</summary>
internal sealed class NotSentException() : Exception("The run ends; the request was not sent.")
{
    public static bool IsIn(Exception exception) => exception is NotSentException || exception.InnerException is { } inner && IsIn(inner);
}
