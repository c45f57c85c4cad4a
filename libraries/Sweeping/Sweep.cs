namespace Podcast.Sweeping;

/// <summary>How often and how much a service sweeps, from its options.</summary>
/// <param name="Interval">How long after its time an instance is told, at most. The database is asked at the times that this process
/// knows, and every <see cref="Poll"/>.</param>
/// <param name="BatchSize">The maximum number of instances that one query claims.</param>
/// <param name="ClaimLease">
/// A claimed instance that heard nothing (crash before the publish) is claimed again after this time, which doubles with each
/// further claim, up to 16 times.
/// </param>
public sealed record SweepSettings(TimeSpan Interval, int BatchSize, TimeSpan ClaimLease)
{
    /// <summary>How late an instance is told whose time was set by a process that has ended.</summary>
    public static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);
}

/// <summary>
/// Instances that are told something before their time. They are claimed in every run of the sweep that asks the database: see
/// <see cref="DueTimes{TSaga}.ExpectUntil"/>.
/// </summary>
/// <param name="Claim">Returns the ids of at most so many instances; must not return them again in the next run.</param>
/// <param name="Message">What such an instance is told.</param>
public sealed record EarlyCall(
    Func<IServiceProvider, DateTimeOffset, int, CancellationToken, Task<List<Guid>>> Claim, Func<Guid, DateTimeOffset, object> Message);

/// <summary>Registers sweeps.</summary>
public static class SweepingSetup
{
    /// <summary>Tells each <typeparamref name="TSaga"/> in <typeparamref name="TContext"/> when its time has come.</summary>
    /// <param name="services">Also registers <see cref="DueRows{TContext,TSaga}"/> and <see cref="DueTimes{TSaga}"/>.</param>
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
        services.AddSingleton<DueTimes<TSaga>>();
        services.AddSingleton<DueTimesInterceptor<TSaga>>();
        services.ConfigureDbContext<TContext>(
            (provider, options) => options.AddInterceptors(provider.GetRequiredService<DueTimesInterceptor<TSaga>>()));
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<DueSweep<TContext, TSaga>>(
            provider, settings(provider), new DueCalls(message, early)));
    }
}

internal sealed record DueCalls(Func<Guid, DateTimeOffset, object> Message, EarlyCall? Early);

/// <summary>Publishes a message to every instance whose time has come. Any number of processes may run it.</summary>
internal sealed class DueSweep<TContext, TSaga>(
    SweepSettings settings, DueCalls calls, DueTimes<TSaga> times, IServiceScopeFactory scopes, IBusControl bus, TimeProvider clock,
    ILogger<DueSweep<TContext, TSaga>> log)
    : BackgroundService
    where TContext : DbContext
    where TSaga : class, IDue
{
    private long? asked;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Periodic.Run(RunIfDue, settings.Interval, clock, log, stoppingToken);

    private async Task RunIfDue(CancellationToken cancellationToken)
    {
        if (asked is { } last && clock.GetElapsedTime(last) < SweepSettings.Poll && !times.MayBeDue(clock.GetUtcNow()))
            return;
        asked = null; // a run that fails is made up for in the next interval
        if (await Run(cancellationToken))
            asked = clock.GetTimestamp();
    }

    /// <summary>Asks the database. False if the broker is away.</summary>
    internal async Task<bool> Run(CancellationToken cancellationToken)
    {
        if (bus.IsAway())
            return false; // a claim now would only cost a lease: nothing can be published

        await using var scope = scopes.CreateAsyncScope();
        if (calls.Early is { } early) // one batch of them, so that they do not all act at once
        {
            var ids = await early.Claim(scope.ServiceProvider, clock.GetUtcNow(), settings.BatchSize, cancellationToken);
            await Publish(ids, early.Message, cancellationToken);
        }

        var rows = scope.ServiceProvider.GetRequiredService<DueRows<TContext, TSaga>>();
        times.Forget(); // before the query: a time that is committed meanwhile is expected anew
        var next = await rows.Next(cancellationToken);
        if (next <= clock.GetUtcNow())
        {
            await TellAll(rows, cancellationToken);
            next = await rows.Next(cancellationToken);
        }

        times.Expect(next);
        return true;
    }

    private async Task TellAll(DueRows<TContext, TSaga> rows, CancellationToken cancellationToken)
    {
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
