namespace Podcast.Outbox;

/// <summary>
/// Growing pauses (0.5–10 s) while the broker or the database fails; short, because an attempt costs one query or one message.
/// </summary>
internal static class Backoff
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    public static TimeSpan After(TimeSpan last) =>
        last < Shortest ? Shortest : last * 2 < Longest ? last * 2 : Longest;
}
