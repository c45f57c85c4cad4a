namespace Podcast.Ittybit;

/// <summary>
/// A call was not sent, because the throttle of all calls to Ittybit held it back. Thrown by a handler outside of this library.
/// </summary>
/// <param name="reason">The reason, for display; no secrets.</param>
/// <param name="retryAfter">When to try again, from now.</param>
public sealed class HeldBackException(string reason, TimeSpan retryAfter) : Exception(reason)
{
    /// <summary>When to try again, from now.</summary>
    public TimeSpan RetryAfter => retryAfter;
}
