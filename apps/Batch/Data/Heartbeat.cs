namespace Podcast.Batch.Data;

/// <summary>Renews a lease at every beat, until it is released or found lost.</summary>
internal sealed class Heartbeat : IAsyncDisposable
{
    private readonly CancellationTokenSource lost = new();
    private readonly CancellationTokenSource done = new();
    private readonly Task beating;

    /// <param name="isOurs">Renews the lease; false if another process holds it.</param>
    public Heartbeat(Func<CancellationToken, Task<bool>> isOurs, TimeProvider clock)
    {
        Lost = lost.Token;
        beating = Beat(isOurs, clock);
    }

    public CancellationToken Lost { get; }

    public async ValueTask DisposeAsync()
    {
        await done.CancelAsync();
        await beating;
        done.Dispose();
        lost.Dispose();
    }

    private async Task Beat(Func<CancellationToken, Task<bool>> isOurs, TimeProvider clock)
    {
        using var timer = new PeriodicTimer(LeaseRow.Beat, clock);
        try
        {
            do
                await timer.WaitForNextTickAsync(done.Token);
            while (await isOurs(done.Token));
            await lost.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // Released.
        }
    }
}
