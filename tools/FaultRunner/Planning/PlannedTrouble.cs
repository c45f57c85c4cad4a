using System.Globalization;

namespace Podcast.FaultRunner.Planning;

/// <summary>One planned fault.</summary>
/// <param name="At">The time of the fault, from the start of the fault phase.</param>
/// <param name="Whom">The name of the target process; empty if the type of fault implies it.</param>
/// <param name="For">The duration until the fault is undone.</param>
/// <param name="Point">The point in the code, for <see cref="Trouble.KillAtPoint"/>.</param>
internal sealed record PlannedTrouble(TimeSpan At, Trouble What, string Whom, TimeSpan For, string? Point = null)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{At.TotalSeconds,7:0.0} s {What}{(Whom.Length > 0 ? " " : "")}{Whom}{(Point is null ? "" : " at ")}{Point} for {For.TotalSeconds:0.0} s");
}
