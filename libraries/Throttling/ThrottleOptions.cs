using System.ComponentModel.DataAnnotations;

namespace Podcast.Throttling;

/// <summary>
/// Section <c>Lanes:&lt;Provider&gt;</c>, such as <c>Lanes:Ittybit</c>: the limits of calls to a provider from all processes
/// together, or of one account, if each has a lane of its own. All processes must have the same values.
/// </summary>
public sealed class ThrottleOptions
{
    /// <summary>
    /// The most calls per second that reach the provider from all processes; 0 means no limit. Calls are sent evenly at about
    /// 70 % of it, or less if responses are slow, so that delayed calls do not exceed it in any second. 0–10 000.
    /// </summary>
    [Range(0.0, 10_000.0)]
    public double Rate { get; set; } = 20;

    /// <summary>How long a call waits for its permit before it fails with <see cref="HeldBackException"/>. 0–10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long no calls are sent after a 429 without <c>Retry-After</c>. 0–1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan PauseWhenTooMany { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest wait that is accepted from a 429. 1 s–1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The time in which the rate grows from zero to <see cref="Rate"/> again; a 429 halves it. 100 ms–1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan Recovery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The delay from a 401, 402 or 403 to a probing call; doubles with each further refusal. 100 ms–1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan FirstProbe { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest delay between two probes. 100 ms–1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan LongestProbe { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// No setting. True for the lane of one run, which keeps the rate in every 10 s, however late responses are; false for a
    /// shared one, which keeps it in every second and so sends less while responses are missing. A run ends by itself at a 401,
    /// 402 or 403, and gets its rate back by successful calls, not by time.
    /// </summary>
    internal bool IsOfOneRun { get; init; }

    /// <summary>The section of a lane: <c>Lanes:Transistor</c> for <c>transistor/acme</c>.</summary>
    internal static string Section(string lane) => $"Lanes:{char.ToUpperInvariant(lane[0])}{lane[1..].Split('/')[0]}";
}
