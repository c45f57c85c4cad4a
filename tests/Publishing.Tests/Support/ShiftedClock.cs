namespace Podcast.Publishing.Tests.Support;

/// <summary>The system's clock, put forward: timers run as ever.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    public TimeSpan By { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + By;

    /// <summary>From now on it is this time.</summary>
    public void GoTo(DateTimeOffset time) => By = time - System.GetUtcNow();
}
