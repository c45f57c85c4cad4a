namespace Podcast.Throttling.Calls;

/// <summary>
/// Queues the callers of one kind in this process. One caller at a time gets permits from the database for all that wait, so that
/// a busy lane needs fewer statements.
/// </summary>
internal sealed class PermitQueue(string kind, Func<string, int, CancellationToken, Task<Lease>> take, TimeProvider clock, double rate) : IDisposable
{
    // Permits of one statement are used within this time, so that few are left when the provider closes the lane.
    private const double LeaseSeconds = 0.25;

    private readonly int most = rate > 0 ? Math.Max(1, (int)(rate * LeaseSeconds)) : 100;
    private readonly Lock sync = new();
    private readonly Queue<Place> waiting = new();
    private readonly SemaphoreSlim lead = new(1);

    /// <summary>
    /// Waits for a permit, whose time may lie ahead. An exception of <c>take</c> goes only to the caller that ran it.
    /// </summary>
    public async Task<Permit> Join(CancellationToken cancellationToken)
    {
        var place = new Place();
        lock (sync)
            waiting.Enqueue(place);
        try
        {
            await lead.WaitAsync(cancellationToken);
            try
            {
                while (place.Permit is null)
                    await TakePermits(cancellationToken);
                return place.Permit.Value;
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

    private async Task TakePermits(CancellationToken cancellationToken)
    {
        var leased = await take(kind, CountWaiting(), cancellationToken);
        var now = clock.GetTimestamp();

        // Only the caller that holds the semaphore removes places, so those that were counted are still at the front.
        for (var permit = 0; permit < leased.Count; permit++)
        {
            lock (sync)
                waiting.Dequeue().Permit = new Permit(now + clock.Ticks(leased.Until(permit)), kind, leased.IsProbe);
        }
    }

    private int CountWaiting()
    {
        lock (sync)
        {
            while (waiting.Peek().HasLeft)
                waiting.Dequeue();
            return Math.Min(waiting.Count, most);
        }
    }

    private sealed class Place
    {
        private int hasLeft;

        public Permit? Permit { get; set; }

        public bool HasLeft
        {
            get => Volatile.Read(ref hasLeft) == 1;
            set => Volatile.Write(ref hasLeft, value ? 1 : 0);
        }
    }
}

/// <summary>The permission to send one call.</summary>
/// <param name="At">When to send it, as a timestamp of the clock: not before, and not much later, because delayed calls would
/// accumulate.</param>
/// <param name="Kind">The kind of the call: its method and the first segment of its path, such as <c>POST /tasks</c>. A provider
/// may refuse one kind and accept others: without payment it refuses calls that cost money and answers the rest.</param>
/// <param name="IsProbe">True if the lane is paused because calls of this kind were refused, and this call probes whether they
/// are accepted again.</param>
internal readonly record struct Permit(long At, string Kind, bool IsProbe);
