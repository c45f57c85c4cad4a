using System.Globalization;

namespace Podcast.FaultRunner.Planning;

/// <summary>One piece of trouble.</summary>
/// <param name="At">From the beginning of the trouble.</param>
/// <param name="Whom">A process, or empty where the trouble says it.</param>
/// <param name="For">How long until it is undone.</param>
/// <param name="Point">Of <see cref="Trouble.KillAtPoint"/>.</param>
internal sealed record PlannedTrouble(TimeSpan At, Trouble What, string Whom, TimeSpan For, string? Point = null)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{At.TotalSeconds,7:0.0} s {What}{(Whom.Length > 0 ? " " : "")}{Whom}{(Point is null ? "" : " at ")}{Point} for {For.TotalSeconds:0.0} s");
}
