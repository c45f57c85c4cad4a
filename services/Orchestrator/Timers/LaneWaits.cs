using Podcast.Contracts;

namespace Podcast.Orchestrator.Timers;

/// <summary>
/// Whether a lane opened just now. Episodes that wait for it are woken for a while, since the news of a task that was put off before may
/// come after that of the opening. What is forgotten here, with its process, looks again by itself at the time that it was told.
/// </summary>
internal sealed class LaneWaits(TimeProvider clock)
{
    private static readonly TimeSpan JustNow = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private DateTimeOffset until;

    /// <summary>True while episodes are to be woken.</summary>
    public bool End
    {
        get { lock (gate) return clock.GetUtcNow() < until; }
    }

    public void Heard(LaneState state)
    {
        lock (gate)
            until = state == LaneState.Open ? clock.GetUtcNow() + JustNow : default;
    }
}
