namespace Podcast.Ingest.Api.Data;

internal static class Milliseconds
{
    /// <summary>
    /// Now, truncated to milliseconds, which every database keeps: an answer reads the same before and after it was stored.
    /// </summary>
    public static DateTimeOffset GetUtcMilliseconds(this TimeProvider clock) =>
        DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
}
