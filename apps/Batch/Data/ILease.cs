namespace Podcast.Batch.Data;

/// <summary>One runner per table. Given back when disposed.</summary>
internal interface ILease : IAsyncDisposable
{
    /// <summary>Cancelled when the lease is no longer ours: stop at once.</summary>
    CancellationToken Lost { get; }
}
