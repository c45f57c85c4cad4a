namespace Podcast.Emulators.Ittybit.Chaos;

/// <summary>
/// The faults that the dial chose for a task at its creation. They are stored with the task, so that a restart does not change
/// them.
/// </summary>
/// <param name="Early">The end is reported before the creating request is answered.</param>
/// <param name="Reordered">The "processing" webhook is sent after the end.</param>
/// <param name="Fails">The error with which the task fails; null if it does not.</param>
internal sealed record TaskFate(
    bool Early = false,
    bool Reordered = false,
    string? Fails = null,
    bool NeverFinishes = false,
    bool Lost = false,
    bool NoOutput = false,
    bool EmptyOutput = false,
    bool ShortOutput = false,
    bool Unordered = false)
{
    public static TaskFate Of(ChaosDial dial, Dice dice, string kind)
    {
        var fate = new TaskFate(dice.Hit(dial.EarlyPercent, "early"), dice.Hit(dial.ReorderPercent, "reorder"));
        return dial.OnlyKinds.Count > 0 && !dial.OnlyKinds.Contains(kind) ? fate : fate with
        {
            Fails = dice.Hit(dial.FailPercent, "fail") ? dial.FailError : null,
            NeverFinishes = dice.Hit(dial.NeverFinishPercent, "never_finish"),
            Lost = dice.Hit(dial.LostTaskPercent, "lost_task"),
            NoOutput = dice.Hit(dial.NoOutputPercent, "no_output"),
            EmptyOutput = dice.Hit(dial.EmptyOutputPercent, "empty_output"),
            ShortOutput = dice.Hit(dial.ShortOutputPercent, "short_output"),
            Unordered = dice.Hit(dial.UnorderedOutputPercent, "unordered_output"),
        };
    }
}
