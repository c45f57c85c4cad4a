using Podcast.Batch.Data;
using Podcast.Batch.Sending;

namespace Podcast.Batch.Routes;

/// <summary>Through what items go: single tasks of Ittybit's, or the podcast pipeline.</summary>
internal interface IRoute : IAsyncDisposable
{
    /// <summary><see cref="Data.Via"/>'s word.</summary>
    string Via { get; }

    /// <summary><c>tasks</c> or <c>episodes</c>.</summary>
    string Noun { get; }

    /// <summary>How results come, as the tutorial says it.</summary>
    string Waiting { get; }

    /// <summary>Gets ready, before anything is claimed. Results may come from now on.</summary>
    Task Begin(InFlightItems outstanding, OutcomeRecorder settler, CancellationToken cancellationToken);

    /// <summary>Sends <paramref name="total"/> items as <paramref name="next"/> gives them.</summary>
    Task Send(Claims claims, Recorder recorder, Func<int, Task<IReadOnlyList<Candidate>>> next, long total);

    /// <summary>Ends when every item that was sent has ended, or the run is stopped.</summary>
    Task Wait();

    /// <summary>Why it does not go on just now, for the bars; null when it does.</summary>
    string? Note();
}
