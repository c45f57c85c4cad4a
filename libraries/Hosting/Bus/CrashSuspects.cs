namespace Podcast.Hosting.Bus;

/// <summary>
/// Handles suspect messages one at a time, over all queues of this process. A message is suspect if it was redelivered several
/// times. When one message crashes its process, the broker counts a delivery of every message that the process held, so that all
/// of them reach the delivery limit together. Handled alone and in random order, the harmless ones are acknowledged before the
/// limit, and only the crashing one reaches it.
/// </summary>
internal sealed class CrashSuspects(TimeProvider clock) : IFilter<ReceiveContext>, IDisposable
{
    /// <summary>The broker's count of unacknowledged deliveries; only quorum queues set it.</summary>
    private const string DeliveryCount = "x-delivery-count";

    /// <summary>From so many unacknowledged deliveries on a message is suspect; lower counts come from restarts.</summary>
    private const int Suspicious = 3;

    /// <summary>The longest random delay before a suspect is handled, in milliseconds; it varies which one is first.</summary>
    private const int Spread = 1000;

    /// <summary>If the process still runs after this time, the next suspect may start.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim turn = new(1);

    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        if (CountOf(context) < Suspicious)
        {
            await next.Send(context);
            return;
        }

        await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, Spread)), clock, context.CancellationToken);
        await turn.WaitAsync(context.CancellationToken);
        var handling = next.Send(context);
        try
        {
            await handling.WaitAsync(Longest, clock);
        }
        catch (TimeoutException) when (!handling.IsCompleted)
        {
        }
        finally
        {
            turn.Release();
        }

        await handling;
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("crashSuspects");

    public void Dispose() => turn.Dispose();

    private static long CountOf(ReceiveContext context) =>
        context.TransportHeaders.TryGetHeader(DeliveryCount, out var count)
        && long.TryParse(Convert.ToString(count, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture, out var number) ? number : 0;
}
