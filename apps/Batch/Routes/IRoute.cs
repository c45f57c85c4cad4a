namespace Podcast.Batch.Routes;

/// <summary>How items are processed: as single Ittybit tasks, or through the podcast pipeline.</summary>
internal interface IRoute : IAsyncDisposable
{
    /// <summary>One of the values of <see cref="Data.Via"/>.</summary>
    string Via { get; }

    /// <summary>The tutorial's message while the command waits for results.</summary>
    string Waiting { get; }

    /// <summary>Connects, before items are claimed. Results may arrive from now on.</summary>
    Task Begin(InFlightItems inFlight, OutcomeRecorder outcomes, CancellationToken cancellationToken);

    /// <summary>Sends the items of each batch, before it asks for the next.</summary>
    Task Send(IAsyncEnumerable<IReadOnlyList<Claim>> batches, Claims claims, Recorder recorder);

    /// <summary>Completes when every item that was sent has ended, or when the run is stopped.</summary>
    Task Wait();

    /// <summary>Why the run is slowed or paused, for the progress bars; null if it is not.</summary>
    string? Note();
}
