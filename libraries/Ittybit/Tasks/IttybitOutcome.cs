namespace Podcast.Ittybit;

/// <summary>The outcome of a task, derived from Ittybit's status.</summary>
public enum IttybitOutcome
{
    /// <summary>In progress, or an unknown status.</summary>
    InProgress,

    /// <summary>Completed; the output exists.</summary>
    Succeeded,

    /// <summary>Failed or cancelled.</summary>
    Failed,
}
