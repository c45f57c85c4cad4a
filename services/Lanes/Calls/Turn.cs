namespace Podcast.Lanes.Calls;

/// <summary>The right to make one call.</summary>
/// <param name="At">When, as a timestamp of our clock: not before, and not much after either, or calls would pile up.</param>
/// <param name="IsProbe">True: the lane is paused, and this call tries it.</param>
internal readonly record struct Turn(long At, bool IsProbe);
