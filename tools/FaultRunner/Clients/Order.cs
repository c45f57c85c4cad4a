namespace Podcast.FaultRunner.Clients;

/// <summary>One episode that somebody wants processed, and how that went so far, as its client knows it.</summary>
internal sealed record Order
{
    public required int Number { get; init; }

    /// <summary>No other episode has it.</summary>
    public required string Title { get; init; }

    public required Door Door { get; init; }

    /// <summary>When it comes, from the beginning.</summary>
    public TimeSpan At { get; init; }

    /// <summary>False: gives up after the first failure, and never learns what came of it.</summary>
    public bool IsPatient { get; init; } = true;

    /// <summary>Its owner changes their mind.</summary>
    public bool IsToBeCancelled { get; init; }

    public bool HasChapters { get; init; }

    /// <summary>Known when we choose it ourselves, or once an answer names it.</summary>
    public Guid? EpisodeId { get; set; }

    public int Tries { get; set; }

    /// <summary>It was said that this episode is taken in: a 2xx, or the broker's confirmation.</summary>
    public bool IsAcknowledged { get; set; }

    /// <summary>Why it was refused for good.</summary>
    public string? Refusal { get; set; }

    /// <summary>What it was told or found out in the end: the status over HTTP.</summary>
    public string? Status { get; set; }

    /// <summary>Retries that were accepted, and such of which nobody knows.</summary>
    public int RetriesAsked { get; set; }

    /// <summary>A cancellation was accepted, or may have been.</summary>
    public bool CancelAsked { get; set; }
}
