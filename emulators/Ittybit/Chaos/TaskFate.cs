namespace Podcast.Emulators.Ittybit.Chaos;

/// <summary>
/// The faults that the dial chose for a task at its creation. They are stored with the task, so that a restart does not change
/// them.
/// </summary>
internal sealed record TaskFate
{
    public static readonly TaskFate Good = new();

    /// <summary>The error with which the task fails; null if it does not.</summary>
    public string? Fails { get; init; }

    public bool NeverFinishes { get; init; }

    public bool Lost { get; init; }

    public bool NoOutput { get; init; }

    public bool EmptyOutput { get; init; }

    public bool ShortOutput { get; init; }

    public bool Unordered { get; init; }

    /// <summary>The end is reported before the creating request is answered.</summary>
    public bool Early { get; init; }

    /// <summary>The "processing" webhook is sent after the end.</summary>
    public bool Reordered { get; init; }

    public static TaskFate Of(ChaosDial dial, Dice dice, string kind)
    {
        var webhooks = Good with
        {
            Early = dice.Hit(dial.EarlyPercent, "early"),
            Reordered = dice.Hit(dial.ReorderPercent, "reorder"),
        };

        return dial.OnlyKinds.Count > 0 && !dial.OnlyKinds.Contains(kind) ? webhooks : webhooks with
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
