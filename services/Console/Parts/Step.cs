namespace Podcast.OperatorsConsole.Parts;

/// <summary>How a step stands, for a mark with a shape and a colour of its own.</summary>
internal enum StepState
{
    /// <summary>Asked for, or between two attempts.</summary>
    Waiting,

    /// <summary>Ittybit works on it.</summary>
    Working,

    /// <summary>It should move, and has not for a while; or Ittybit is not called, or a person must decide.</summary>
    Stuck,
    Done,
    Failed,
    Cancelled,
}

/// <summary>A step of an episode.</summary>
internal sealed record Step(string Kind, StepState State, int? Percent)
{
    /// <summary>A task that Ittybit works on reports more often.</summary>
    private static readonly TimeSpan silence = TimeSpan.FromMinutes(15);

    /// <summary>The orchestrator acts at <see cref="EpisodeTask.NextAt"/>; it is late by now.</summary>
    private static readonly TimeSpan late = TimeSpan.FromMinutes(2);

    public static IReadOnlyList<Step> Of(Episode episode, DateTime now)
    {
        var paused = episode.Status == "held" || episode.Waiting?.Any(part => part.For == "provider") == true;
        return [.. episode.Tasks.Select(task => new Step(task.Type, StateOf(task, paused, now), task.Percent))];
    }

    private static StepState StateOf(EpisodeTask task, bool paused, DateTime now) => task.Status switch
    {
        "completed" => StepState.Done,
        "failed" => StepState.Failed,
        "cancelled" => StepState.Cancelled,
        _ when paused || task.NextAt + late < now || (task.Status == "processing" && task.UpdatedAt + silence < now) => StepState.Stuck,
        "processing" => StepState.Working,
        _ => StepState.Waiting,
    };
}
