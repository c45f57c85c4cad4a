using Podcast.Throttling.Data;

namespace Podcast.Throttling.Calls;

/// <summary>
/// Queues the callers of one kind in this process. One caller at a time gets permits from the database for all that wait, so that
/// a busy lane needs fewer statements.
/// </summary>
internal sealed class PermitQueue(string kind, Func<string, int, CancellationToken, Task<Lease>> lease, TimeProvider clock, double rate) : IDisposable
{
    // Permits of one statement are used within this time, so that few are left when the provider closes the lane.
    private const double LeaseSeconds = 0.25;

    private readonly int most = rate > 0 ? Math.Max(1, (int)(rate * LeaseSeconds)) : 100;
    private readonly Lock circuit = new();
    private readonly Queue<Place> waiting = new();
    private readonly SemaphoreSlim lead = new(1);

    /// <summary>
    /// Waits for a permit, whose time may lie ahead. An exception of <c>lease</c> goes only to the caller that ran it.
    /// </summary>
    public async Task<Permit> Join(CancellationToken cancellationToken)
    {
        var place = new Place();
        lock (circuit)
            waiting.Enqueue(place);
        try
        {
            await lead.WaitAsync(cancellationToken);
            try
            {
                while (place.Turn is null)
                    await Lease(cancellationToken);
                return place.Turn.Value;
            }
            finally
            {
                lead.Release();
            }
        }
        catch
        {
            place.HasLeft = true;
            throw;
        }
    }

    public void Dispose() => lead.Dispose();

    private async Task Lease(CancellationToken cancellationToken)
    {
        var got = await lease(kind, Wanted(), cancellationToken);
        var now = clock.GetTimestamp();

        // Only the caller that holds the semaphore removes places, so those that were counted are still at the front.
        for (var permit = 0; permit < got.Turns; permit++)
        {
            lock (circuit)
                waiting.Dequeue().Turn = new Permit(now + clock.Ticks(got.Until(permit)), kind, got.IsProbe);
        }
    }

    private int Wanted()
    {
        lock (circuit)
        {
            while (waiting.Peek().HasLeft)
                waiting.Dequeue();
            return Math.Min(waiting.Count, most);
        }
    }

    private sealed class Place
    {
        private int hasLeft;

        public Permit? Turn { get; set; }

        public bool HasLeft
        {
            get => Volatile.Read(ref hasLeft) == 1;
            set => Volatile.Write(ref hasLeft, value ? 1 : 0);
        }
    }
}
