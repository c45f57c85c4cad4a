using System.Diagnostics;
using System.Globalization;

namespace Podcast.Outbox;

/// <summary>
/// Places where tests crash the process. With <c>PODCAST_STOP_AT=outbox:committed</c> in the environment the process kills itself
/// there like <c>kill -9</c>; with <c>outbox:committed#3</c> at the third time.
/// </summary>
internal static class CrashPoint
{
    /// <summary>A consumer's transaction is committed; its messages are not yet sent.</summary>
    public const string Committed = "outbox:committed";

    /// <summary>A consumer's messages are sent and confirmed; their rows still exist.</summary>
    public const string Confirmed = "outbox:confirmed";

    /// <summary>Messages of the bus outbox are sent and confirmed; their rows still exist.</summary>
    public const string Delivered = "outbox:delivered";

    private static readonly string[] Setting = Environment.GetEnvironmentVariable("PODCAST_STOP_AT")?.Split('#') ?? [];
    private static int left = Setting is [_, var times] ? int.Parse(times, CultureInfo.InvariantCulture) : 1;

    public static void Reach(string name)
    {
        if (Setting is not [var place, ..] || place != name || Interlocked.Decrement(ref left) > 0)
            return;

        Console.Error.WriteLine($"Stopped at {name}");
        Process.GetCurrentProcess().Kill();
    }
}
