namespace Podcast.Throttling;

/// <summary>
/// A call was not sent, because the throttle of all calls to its provider held it back. Thrown by a handler of the HTTP client.
/// </summary>
/// <param name="reason">The reason, for display; no secrets.</param>
/// <param name="retryAfter">When to try again, from now.</param>
public sealed class HeldBackException(string reason, TimeSpan retryAfter) : Exception(reason)
{
    /// <summary>When to try again, from now.</summary>
    public TimeSpan RetryAfter => retryAfter;
}
