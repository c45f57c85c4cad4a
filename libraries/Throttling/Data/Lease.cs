namespace Podcast.Throttling.Data;

/// <summary>Turns that are ours.</summary>
/// <param name="Turns">How many.</param>
/// <param name="IsProbe">True: the lane is paused, and this is the one call of the refused kind that tries it.</param>
/// <param name="End">Seconds from now to the end of the last turn.</param>
/// <param name="Each">Seconds that a turn takes.</param>
internal sealed record Lease(int Turns, bool IsProbe, double End, double Each)
{
    /// <summary>From now to the beginning of a turn, 0 the first; negative when it began already.</summary>
    public TimeSpan Until(int turn) => TimeSpan.FromSeconds(End - ((Turns - turn) * Each));
}
