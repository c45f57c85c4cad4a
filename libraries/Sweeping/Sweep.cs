namespace Podcast.Sweeping;

/// <summary>How often and how much a service sweeps, from its options.</summary>
/// <param name="Interval">Each run costs one cheap query.</param>
/// <param name="BatchSize">The maximum number of instances that one query claims.</param>
/// <param name="ClaimLease">
/// A claimed instance that heard nothing (crash before the publish) is claimed again after this time, which doubles with each
/// further claim, up to 16 times.
/// </param>
public sealed record SweepSettings(TimeSpan Interval, int BatchSize, TimeSpan ClaimLease);

/// <summary>Instances that are told something before their time, once in every run of the sweep.</summary>
/// <param name="Claim">Returns the ids of at most so many instances; must not return them again in the next run.</param>
/// <param name="Message">What such an instance is told.</param>
public sealed record EarlyCall(
    Func<IServiceProvider, DateTimeOffset, int, CancellationToken, Task<List<Guid>>> Claim, Func<Guid, DateTimeOffset, object> Message);

/// <summary>Registers sweeps.</summary>
public static class SweepingSetup
{
    /// <summary>Tells each <typeparamref name="TSaga"/> in <typeparamref name="TContext"/> when its time has come.</summary>
    /// <param name="services">Also registers <see cref="DueRows{TContext,TSaga}"/>.</param>
    /// <param name="settings">Called once, when the service starts.</param>
    /// <param name="message">Makes the message for an instance from its id and the time.</param>
    /// <param name="early">Comes first in every run.</param>
    public static void AddDueSweep<TContext, TSaga>(
        this IServiceCollection services, Func<IServiceProvider, SweepSettings> settings, Func<Guid, DateTimeOffset, object> message,
        EarlyCall? early = null)
        where TContext : DbContext
        where TSaga : class, IDue
    {
        services.AddScoped<DueRows<TContext, TSaga>>();
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<DueSweep<TContext, TSaga>>(
            provider, settings(provider), new DueCalls(message, early)));
    }
}

internal sealed record DueCalls(Func<Guid, DateTimeOffset, object> Message, EarlyCall? Early);

/// <summary>Publishes a message to every instance whose time has come. Any number of processes may run it.</summary>
internal sealed class DueSweep<TContext, TSaga>(
    SweepSettings settings, DueCalls calls, IServiceScopeFactory scopes, IBusControl bus, TimeProvider clock,
    ILogger<DueSweep<TContext, TSaga>> log)
    : BackgroundService
    where TContext : DbContext
    where TSaga : class, IDue
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Periodic.Run(Run, settings.Interval, clock, log, stoppingToken);

    internal async Task Run(CancellationToken cancellationToken)
    {
        if (bus.IsAway())
            return; // a claim now would only cost a lease: nothing can be published

        await using var scope = scopes.CreateAsyncScope();
        if (calls.Early is { } early) // one batch of them, so that they do not all act at once
        {
            var ids = await early.Claim(scope.ServiceProvider, clock.GetUtcNow(), settings.BatchSize, cancellationToken);
            await Publish(ids, early.Message, cancellationToken);
        }

        var rows = scope.ServiceProvider.GetRequiredService<DueRows<TContext, TSaga>>();
        List<Guid> due;
        do
        {
            due = await rows.Claim(clock.GetUtcNow(), settings.ClaimLease, settings.BatchSize, cancellationToken);
            await Publish(due, calls.Message, cancellationToken);
        }
        while (due.Count == settings.BatchSize);
    }

    /// <summary>Waits for the broker's confirmations no longer than the lease; what is not confirmed is claimed again.</summary>
    private Task Publish(List<Guid> ids, Func<Guid, DateTimeOffset, object> message, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return Task.WhenAll(ids.Select(id => bus.Publish(message(id, now), CancellationToken.None)))
            .WaitAsync(settings.ClaimLease, clock, cancellationToken);
    }
}
