namespace Podcast.Throttling.Calls;

/// <summary>The permission to send one call.</summary>
/// <param name="At">When to send it, as a timestamp of the clock: not before, and not much later, because delayed calls would
/// accumulate.</param>
/// <param name="Kind">The kind of the call: see <see cref="CallKind"/>.</param>
/// <param name="IsProbe">True if the lane is paused because calls of this kind were refused, and this call probes whether they
/// are accepted again.</param>
internal readonly record struct Permit(long At, string Kind, bool IsProbe);
