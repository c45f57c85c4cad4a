namespace Podcast.Hosting;

public static class Milliseconds
{
    /// <summary>
    /// Now, truncated to what every database keeps (PostgreSQL µs, SQLite ms): a time reads the same before and after it was
    /// stored, so that storing it again changes nothing.
    /// </summary>
    public static DateTimeOffset GetUtcMilliseconds(this TimeProvider clock) =>
        DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
}
