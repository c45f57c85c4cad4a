namespace Podcast.Batch.Sending;

/// <summary>The run ends: this request never left.</summary>
internal sealed class NotSentException() : Exception("The run ends; the request was not sent.")
{
    public static bool IsIn(Exception exception) => exception is NotSentException || exception.InnerException is { } inner && IsIn(inner);
}
