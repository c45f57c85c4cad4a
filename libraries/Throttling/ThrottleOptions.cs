using System.ComponentModel.DataAnnotations;

namespace Podcast.Throttling;

/// <summary>Section <c>Lanes:Ittybit</c>: how hard all our processes together may press a provider. The same in each of them.</summary>
public sealed class ThrottleOptions
{
    /// <summary>
    /// The most calls that reach the provider in any second, over all processes; 0 sets no limit. Calls leave evenly, at seven tenths of it
    /// or less, the longer answers take: so late ones do not make a second too full. Ittybit publishes no number.
    /// </summary>
    [Range(0.0, 10_000.0)]
    public double Rate { get; set; } = 20;

    /// <summary>Longest wait of a call for its turn; after it the call is held back, and its caller comes again later.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long nobody calls after a 429 that names no time.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan PauseWhenTooMany { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest pause that a 429 may ask for.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromHours(1);

    /// <summary>In this time the rate, which a 429 halves, is back from nothing to what is set.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan Recovery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>After a 401, 402 or 403 one call tries this much later whether it passes; each further one waits twice as long.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan FirstProbe { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Where that doubling ends.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan LongestProbe { get; set; } = TimeSpan.FromMinutes(15);
}
