namespace Podcast.FaultRunner.Clients;

/// <summary>One episode to be processed, with its client's knowledge of it.</summary>
internal sealed record Order
{
    public required int Number { get; init; }

    /// <summary>The title, unique within the run.</summary>
    public required string Title { get; init; }

    public required OrderChannel Door { get; init; }

    /// <summary>The time of submission, from the start of the run.</summary>
    public TimeSpan At { get; init; }

    /// <summary>False: the client gives up after the first failure and never learns the result.</summary>
    public bool IsPatient { get; init; } = true;

    /// <summary>True if the owner cancels the episode.</summary>
    public bool IsToBeCancelled { get; init; }

    public bool HasChapters { get; init; }

    /// <summary>True if the episode belongs to the show that has channels.</summary>
    public bool IsToBePublished { get; init; }

    /// <summary>The episode's id; null until an answer names it. On the bus the client chooses it.</summary>
    public Guid? EpisodeId { get; set; }

    public int Tries { get; set; }

    /// <summary>True if the submission was acknowledged: by a 2xx, or by the broker's confirm.</summary>
    public bool IsAcknowledged { get; set; }

    /// <summary>The final refusal, as status and body; null if there is none.</summary>
    public string? Refusal { get; set; }

    /// <summary>The status that the API returns at the end of the run.</summary>
    public string? Status { get; set; }

    /// <summary>The number of retries that were accepted.</summary>
    public int RetriesAsked { get; set; }

    /// <summary>True if a cancellation was accepted.</summary>
    public bool CancelAsked { get; set; }
}
