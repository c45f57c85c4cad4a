namespace Podcast.Emulators.Tests.Ittybit.Support;

/// <summary>The system's clock, put forward: timers run as ever.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    public TimeSpan Shift { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift;
}
