namespace Podcast.Throttling.Calls;

/// <summary>The right to make one call.</summary>
/// <param name="At">When, as a timestamp of our clock: not before, and not much after either, or calls would pile up.</param>
/// <param name="Kind">Of the call: see <see cref="CallKind"/>.</param>
/// <param name="IsProbe">True: the lane is paused since calls of this kind were refused, and this one tries it.</param>
internal readonly record struct Permit(long At, string Kind, bool IsProbe);
