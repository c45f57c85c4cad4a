namespace Podcast.Batch.Data;

/// <summary>Lets only one run work on a table at a time. Disposing releases the lease.</summary>
internal interface ILease : IAsyncDisposable
{
    /// <summary>Cancelled when the lease is lost; the run must then stop at once.</summary>
    CancellationToken Lost { get; }
}
