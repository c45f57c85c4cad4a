using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Podcast.Outbox;

/// <summary>
/// The outbox of one context at work: woken by commits, else one query per <see cref="LeanOutboxOptions.SweepInterval"/>. It starts when
/// the bus is ready, and ends by removing what was sent, after the consumers have stopped.
/// </summary>
internal sealed class OutboxWorker<TDbContext>(
    Delivery<TDbContext> delivery,
    DeadLetters<TDbContext> setAside,
    StartupReplay<TDbContext> redelivery,
    InboxCleanup<TDbContext> housekeeping,
    SentMessageCleaner<TDbContext> reaper,
    AsyncAutoResetEvent<TDbContext> latch,
    OutboxStore<TDbContext> store,
    MessageSender sender,
    IBusControl bus,
    IServiceScopeFactory scopes,
    TimeProvider clock,
    ILogger<OutboxWorker<TDbContext>> logger)
    : BackgroundService, IHostedLifecycleService
    where TDbContext : DbContext
{
    private static readonly TimeSpan BusPatience = TimeSpan.FromSeconds(30);

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        // A context or a model that cannot have an outbox is found out before the first message.
        using var scope = scopes.CreateScope();
        var context = scope.ServiceProvider.GetRequiredService<TDbContext>();
        _ = store.Statements(context);
        if (scope.ServiceProvider.GetRequiredService<ScopedContexts>().Single != (DbContext)context)
        {
            throw new InvalidOperationException(
                $"{typeof(TDbContext).Name} must be registered with AddDbContext, not pooled, for its outbox to know the scope's instance");
        }

        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => reaper.Finish(cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        await Task.WhenAll(Quietly(reaper.Run), Quietly(Deliver));

        async Task Quietly(Func<CancellationToken, Task> work)
        {
            try
            {
                await work(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
        }
    }

    private async Task Deliver(CancellationToken stopping)
    {
        await WaitForBus(stopping);
        var pause = TimeSpan.Zero;
        var again = store.Options.KeepSent > TimeSpan.Zero;
        var isSweep = true;
        long swept = clock.GetTimestamp(), cleaned = 0;
        while (true)
        {
            var isWell = await Try(async () =>
            {
                if (again)
                    await redelivery.Run(stopping);
                again = false;

                var obstacle = await Pass(isSweep, stopping);
                if (isSweep)
                    swept = clock.GetTimestamp();
                if (obstacle is not null)
                    logger.BusAway(typeof(TDbContext).Name, Backoff.After(pause), obstacle.Message);
                return obstacle is null;
            });

            // Whatever keeps messages from leaving, tables must not grow without end.
            if (!again && (cleaned == 0 || clock.GetElapsedTime(cleaned) >= store.Options.CleanupInterval))
            {
                isWell &= await Try(async () =>
                {
                    await housekeeping.Run(stopping);
                    cleaned = clock.GetTimestamp();
                    return true;
                });
            }

            pause = isWell ? TimeSpan.Zero : Backoff.After(pause);
            await Task.Delay(pause, clock, stopping);
            var isWoken = await latch.Wait(store.Options.SweepInterval - clock.GetElapsedTime(swept), stopping);
            isSweep = !isWoken || clock.GetElapsedTime(swept) >= store.Options.SweepInterval;
        }

        async Task<bool> Try(Func<Task<bool>> work)
        {
            try
            {
                return await work();
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                logger.OutboxPaused(exception, typeof(TDbContext).Name, Backoff.After(pause));
                return false;
            }
        }
    }

    /// <summary>Before its endpoints are there, a transport in memory would lose what it is given. One that is half well must do, after a while.</summary>
    private async Task WaitForBus(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(BusPatience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await bus.WaitForHealthStatus(BusHealthStatus.Healthy, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }
    }

    /// <summary>Gives what stood in the way of a message that is fine.</summary>
    private async Task<Exception?> Pass(bool isSweep, CancellationToken cancellationToken)
    {
        Exception? obstacle = null;
        HashSet<Uri> avoid = [];
        var work = isSweep ? await delivery.Look(cancellationToken) : PendingWork.Outboxes;
        if (work.HasFlag(PendingWork.Outboxes))
            await All(delivery.SendOutboxes);
        if (work.HasFlag(PendingWork.Leftovers) || delivery.HasOwnLeftovers)
            await All(delivery.SendLeftovers);
        if (work.HasFlag(PendingWork.SetAside))
            await All(setAside.Retry);
        return obstacle;

        // A destination that takes nothing is let be for the rest of the pass, so that it does not hide the others.
        async Task All(Func<IReadOnlyCollection<Uri>, CancellationToken, Task<Progress>> send)
        {
            var isFull = true;
            while (isFull && (obstacle is null || !sender.IsAway))
            {
                var progress = await send(avoid, cancellationToken);
                isFull = progress.IsFull;
                obstacle ??= progress.Obstacle;
                avoid.UnionWith(progress.Waiting.Select(waiting => waiting.Message.DestinationAddress).OfType<Uri>());
            }
        }
    }
}
