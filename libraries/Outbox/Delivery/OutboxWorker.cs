using Microsoft.Extensions.Hosting;

namespace Podcast.Outbox;

/// <summary>
/// Runs the outbox of one context: commits wake it, otherwise it queries once per <see cref="LeanOutboxOptions.SweepInterval"/>.
/// It starts when the bus is ready. After the consumers have stopped it removes the remaining rows of sent messages.
/// </summary>
internal sealed class OutboxWorker<TDbContext>(
    PublishedDelivery<TDbContext> published,
    Delivery<TDbContext> delivery,
    DeadLetters<TDbContext> deadLetters,
    StartupReplay<TDbContext> startupReplay,
    InboxCleanup<TDbContext> inboxCleanup,
    SentMessageCleaner<TDbContext> cleaner,
    DeliveryBacklog<TDbContext> backlog,
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
        // Fail at start if the context or its model cannot have an outbox.
        using var scope = scopes.CreateScope();
        var context = scope.ServiceProvider.GetRequiredService<TDbContext>();
        _ = store.Statements(context);
        _ = scope.ServiceProvider.GetRequiredService<OutboxFigures<TDbContext>>(); // nobody else would make its gauges
        return scope.ServiceProvider.GetRequiredService<ScopedContexts>().Single?.Context == context
            ? Task.CompletedTask
            : throw new InvalidOperationException(
                $"{typeof(TDbContext).Name} was registered again after AddLeanOutbox, so its outbox does not know the scope's instance");
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>If the time of the stop was over before the work ended, it still uses the cleaner's batch, and the rows stay.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken) =>
        ExecuteTask is null or { IsCompleted: true } ? cleaner.Finish(cancellationToken) : Task.CompletedTask;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(cleaner.Run(stoppingToken), Deliver(stoppingToken));

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
                    await startupReplay.Run(stopping);
                again = false;

                var obstacle = await Pass(isSweep, stopping);
                if (isSweep)
                    swept = clock.GetTimestamp();
                if (obstacle is not null)
                    logger.BusAway(typeof(TDbContext).Name, Backoff.After(pause), obstacle.Message);
                return obstacle is null;
            });

            // Clean up also while messages cannot be sent, so that the tables do not grow without limit.
            if (!again && (cleaned == 0 || clock.GetElapsedTime(cleaned) >= store.Options.CleanupInterval))
            {
                isWell &= await Try(async () =>
                {
                    await inboxCleanup.Run(stopping);
                    cleaned = clock.GetTimestamp();
                    return true;
                });
            }

            pause = isWell ? TimeSpan.Zero : Backoff.After(pause);
            await Task.Delay(pause, clock, stopping);
            var isWoken = await backlog.IsWoken(store.Options.SweepInterval - clock.GetElapsedTime(swept), stopping);
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

    /// <summary>
    /// Waits until the bus is healthy, because the in-memory transport drops messages that are sent earlier. Starts anyway after
    /// 30 s.
    /// </summary>
    private async Task WaitForBus(CancellationToken stopping)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        patience.CancelAfter(BusPatience);
        try
        {
            await bus.WaitForHealthStatus(BusHealthStatus.Healthy, patience.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
        }
    }

    /// <summary>
    /// Makes one pass over the tables. Returns the failure that kept valid messages from being sent; null if there was none.
    /// </summary>
    private async Task<Exception?> Pass(bool isSweep, CancellationToken stopping)
    {
        Exception? obstacle = null;
        HashSet<Uri> avoid = [];
        var work = PendingWork.None;
        if (isSweep)
        {
            (work, var now) = await store.Use(context => store.Statements(context).Look(context, store.Options.LeftoverAge, stopping));
            backlog.Published.NoteTime(now);
        }

        await All((_, cancellationToken) => published.SendCommitted(cancellationToken));
        if (work.HasFlag(PendingWork.Outboxes) || backlog.Published.HasLeft)
            await All(published.SendStored);
        if (work.HasFlag(PendingWork.Leftovers) || backlog.HasLeftovers)
            await All(delivery.SendLeftovers);
        if (work.HasFlag(PendingWork.DeadLetters))
            await All(deadLetters.Retry);
        return obstacle;

        // Skip a destination that does not accept messages for the rest of the pass: its rows would fill every batch and block
        // the other destinations.
        async Task All(Func<IReadOnlyCollection<Uri>, CancellationToken, Task<Progress>> send)
        {
            var isFull = true;
            while (isFull && (obstacle is null || !sender.IsAway))
            {
                var progress = await send(avoid, stopping);
                isFull = progress.IsFull;
                obstacle ??= progress.Obstacle;
                avoid.UnionWith(progress.Waiting.Select(waiting => waiting.Message.DestinationAddress).OfType<Uri>());
            }
        }
    }
}

/// <summary>
/// Growing pauses (0.5–10 s) while the broker or the database fails; short, because an attempt costs one query or one message.
/// </summary>
internal static class Backoff
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    public static TimeSpan After(TimeSpan last) =>
        last < Shortest ? Shortest : last * 2 < Longest ? last * 2 : Longest;
}
