namespace Podcast.Batch.Routes;

/// <summary>Makes one Ittybit task per item, as in the tutorial.</summary>
internal sealed class TaskRoute : IRoute
{
    // Polling only serves to find lost webhooks, so it may be rare.
    private static readonly TimeSpan RarePoll = TimeSpan.FromMinutes(1);

    private readonly RunSettings settings;
    private readonly CliContext context;
    private readonly Stop stop;
    private readonly AdaptiveRateLimiter rateLimiter;
    private readonly FailureBudget failureBudget;
    private readonly ServiceProvider services;
    private readonly IIttybitApi ittybit;
    private readonly Callbacks? callbacks;
    private Poller? poller;

    /// <exception cref="UsageException">A setting is invalid.</exception>
    public TaskRoute(RunSettings settings, CliContext context, Stop stop)
    {
        (this.settings, this.context, this.stop) = (settings, context, stop);
        rateLimiter = new AdaptiveRateLimiter(settings.Rate, context.Clock);
        failureBudget = new FailureBudget(settings.Patience, stop, context.Clock);
        services = IttybitConnection.Open(context.Configuration, rateLimiter, failureBudget, stop, context.Clock);
        ittybit = services.GetRequiredService<IIttybitApi>();
        callbacks = settings.Wait == WaitFor.Webhooks ? new Callbacks(settings.Task.Kind, context) : null;
    }

    public string Via => Data.Via.Task;

    public string Noun => "tasks";

    public string Waiting => callbacks is null ? "Polling for results..." : "Waiting for webhooks...";

    public async Task Begin(InFlightItems inFlight, OutcomeRecorder outcomes, CancellationToken cancellationToken)
    {
        poller = new Poller(ittybit, inFlight, outcomes, failureBudget, stop, settings, context.Clock);
        if (callbacks is not null)
            await callbacks.Listen(inFlight, outcomes, cancellationToken);
    }

    public Task Send(Claims claims, Recorder recorder, Func<int, Task<IReadOnlyList<Candidate>>> next, long total)
    {
        var dispatcher = new Dispatcher(
            ittybit, claims, new TaskLookup(ittybit, claims, stop), recorder, rateLimiter, failureBudget, stop,
            claim => settings.Task.For(claim, callbacks?.For(claim)), settings, context.Clock);
        return dispatcher.Run(next, total);
    }

    public Task Wait() => poller!.Run(
        callbacks is not null && settings.PollInterval < RarePoll ? RarePoll : settings.PollInterval, callbacks is null ? null : callbacks.Heard);

    public string? Note()
    {
        if (rateLimiter.PausedUntil - context.Clock.GetUtcNow() > TimeSpan.FromSeconds(2))
            return $"Ittybit asks to wait until {Times.Text(rateLimiter.PausedUntil)} UTC";
        if (failureBudget.Trouble is { } trouble)
            return trouble.TrimEnd('.');
        return rateLimiter.Rate < rateLimiter.Limit * 0.9 ? $"slowed to {rateLimiter.Rate:0.0} requests/s" : null;
    }

    public async ValueTask DisposeAsync()
    {
        if (callbacks is not null)
            await callbacks.DisposeAsync();
        await services.DisposeAsync();
        rateLimiter.Dispose();
    }
}
