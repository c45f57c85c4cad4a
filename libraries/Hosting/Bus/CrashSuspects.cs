using System.Globalization;
using MassTransit;

namespace Podcast.Hosting.Bus;

/// <summary>
/// Handles one at a time, in all queues of this process, what came back unanswered several times. When a message kills its process, the
/// broker counts a delivery of every message that the process held, and gives all of them up at the same limit. Alone and in any order,
/// those that are harmless are acknowledged before the limit; the one that kills is not.
/// </summary>
internal sealed class CrashSuspects(TimeProvider clock) : IFilter<ReceiveContext>, IDisposable
{
    /// <summary>The broker's count of deliveries that were not acknowledged; only quorum queues keep it.</summary>
    private const string DeliveryCount = "x-delivery-count";

    /// <summary>Restarts of a broker or of a service bring a message back once or twice.</summary>
    private const int Suspicious = 3;

    /// <summary>Milliseconds over which suspects are spread, so that the first of the queue is not always the first to be handled.</summary>
    private const int Spread = 1000;

    /// <summary>What has not killed its process by then lets the next one begin.</summary>
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
