namespace Podcast.Outbox;

/// <summary>Growing pauses while something else is broken.</summary>
internal static class Backoff
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public static TimeSpan After(TimeSpan last) =>
        last < Shortest ? Shortest : last * 2 < Longest ? last * 2 : Longest;
}
