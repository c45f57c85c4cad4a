using System.Diagnostics;

namespace Podcast.FaultRunner.Clients;

/// <summary>All clients of a run. Submits each order through its door at its time.</summary>
internal sealed class Callers(IReadOnlyList<Order> orders, Uploader uploader, BusPublisher bus, Owner owner)
{
    public async Task Work(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var under = new List<Task>();
        foreach (var order in orders)
        {
            var wait = order.At - watch.Elapsed;
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, cancellationToken);
            under.Add(Serve(order, cancellationToken));
        }

        await Task.WhenAll(under);
    }

    /// <summary>Reads the final status of all episodes.</summary>
    public async Task Read(CancellationToken cancellationToken)
    {
        foreach (var order in orders.Where(order => order.EpisodeId is not null))
            await owner.Read(order, cancellationToken);
    }

    private async Task Serve(Order order, CancellationToken cancellationToken)
    {
        await Task.Yield();
        await (order.Door switch
        {
            OrderChannel.Upload => uploader.Upload(order, cancellationToken),
            OrderChannel.Address => uploader.Submit(order, cancellationToken),
            _ => bus.Publish(order, cancellationToken),
        });

        if (!order.IsAcknowledged)
            return;
        if (order.Door == OrderChannel.Hopeless)
            await owner.Retry(order, cancellationToken);
        else if (order.IsToBeCancelled)
            await owner.Cancel(order, cancellationToken);
    }
}
