using Podcast.Throttling.Data;

namespace Podcast.Throttling.Calls;

/// <summary>
/// This process' callers of one kind in their order. One at a time asks the database, for all that wait: the busier the lane, the more
/// turns come with one statement.
/// </summary>
internal sealed class PermitQueue(string kind, Func<string, int, CancellationToken, Task<Lease>> lease, TimeProvider clock, double rate) : IDisposable
{
    // What is taken at once is used within this time: who is told to stop has not much left to send.
    private const double LeaseSeconds = 0.25;

    private readonly int most = rate > 0 ? Math.Max(1, (int)(rate * LeaseSeconds)) : 100;
    private readonly Lock gate = new();
    private readonly Queue<Place> places = new();
    private readonly SemaphoreSlim lead = new(1);

    /// <summary>Waits for a turn to be given, which may lie ahead. What <c>lease</c> throws goes to the caller that asked for all.</summary>
    public async Task<Permit> Join(CancellationToken cancellationToken)
    {
        var place = new Place();
        lock (gate)
            places.Enqueue(place);
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

        // Only who leads takes places away, so those counted are still the first.
        for (var turn = 0; turn < got.Turns; turn++)
        {
            lock (gate)
                places.Dequeue().Turn = new Permit(now + clock.Ticks(got.Until(turn)), kind, got.IsProbe);
        }
    }

    private int Wanted()
    {
        lock (gate)
        {
            while (places.Peek().HasLeft)
                places.Dequeue();
            return Math.Min(places.Count, most);
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
