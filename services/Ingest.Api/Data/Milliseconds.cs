namespace Podcast.Ingest.Api.Data;

internal static class Milliseconds
{
    /// <summary>Now, as precisely as every database keeps it: what is answered today reads the same tomorrow.</summary>
    public static DateTimeOffset GetUtcMilliseconds(this TimeProvider clock) =>
        DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
}
