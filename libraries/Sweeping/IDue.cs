namespace Podcast.Sweeping;

/// <summary>A saga instance that may have to act although no message comes. Every transition sets both properties.</summary>
public interface IDue : ISaga
{
    /// <summary>The earliest time at which the instance must act if no event arrives before; null if there is none. Indexed.</summary>
    DateTimeOffset? DueAt { get; }

    /// <summary>How often the sweep has claimed the instance since its last event, which sets it to 0.</summary>
    int DueClaims { get; }
}
