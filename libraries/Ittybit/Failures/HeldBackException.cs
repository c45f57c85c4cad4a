namespace Podcast.Ittybit;

/// <summary>A call was never sent: whoever looks after all our calls to Ittybit holds them back. Thrown by a handler that others add.</summary>
/// <param name="reason">For people; no secrets.</param>
/// <param name="retryAfter">When another call has a chance.</param>
public sealed class HeldBackException(string reason, TimeSpan retryAfter) : Exception(reason)
{
    /// <summary>From now.</summary>
    public TimeSpan RetryAfter => retryAfter;
}
