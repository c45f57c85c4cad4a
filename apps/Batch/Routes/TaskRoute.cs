using Microsoft.Extensions.DependencyInjection;
using Podcast.Batch.Cli;
using Podcast.Batch.Data;
using Podcast.Batch.Running;
using Podcast.Batch.Sending;
using Podcast.Ittybit;

namespace Podcast.Batch.Routes;

/// <summary>Makes one Ittybit task per item, as in the tutorial.</summary>
internal sealed class TaskRoute : IRoute
{
    // Polling only serves to find lost webhooks, so it may be rare.
    private static readonly TimeSpan RarePoll = TimeSpan.FromMinutes(1);

    private readonly RunSettings settings;
    private readonly CliContext world;
    private readonly Stop stop;
    private readonly AdaptiveRateLimiter pace;
    private readonly FailureBudget patience;
    private readonly ServiceProvider services;
    private readonly IIttybitApi ittybit;
    private readonly Callbacks? callbacks;
    private Poller? poller;

    /// <exception cref="UsageException">A setting is invalid.</exception>
    public TaskRoute(RunSettings settings, CliContext world, Stop stop)
    {
        (this.settings, this.world, this.stop) = (settings, world, stop);
        pace = new AdaptiveRateLimiter(settings.Rate, world.Clock);
        patience = new FailureBudget(settings.Patience, stop, world.Clock);
        services = IttybitConnection.Open(world.Configuration, pace, patience, stop, world.Clock);
        ittybit = services.GetRequiredService<IIttybitApi>();
        callbacks = settings.Wait == WaitFor.Webhooks ? new Callbacks(settings.Task.Kind, world) : null;
    }

    public string Via => Data.Via.Task;

    public string Noun => "tasks";

    public string Waiting => callbacks is null ? "Polling for results..." : "Waiting for webhooks...";

    public async Task Begin(InFlightItems outstanding, OutcomeRecorder settler, CancellationToken cancellationToken)
    {
        poller = new Poller(ittybit, outstanding, settler, patience, stop, settings, world.Clock);
        if (callbacks is not null)
            await callbacks.Listen(outstanding, settler, cancellationToken);
    }

    public Task Send(Claims claims, Recorder recorder, Func<int, Task<IReadOnlyList<Candidate>>> next, long total)
    {
        var dispatcher = new Dispatcher(
            ittybit, claims, new TaskLookup(ittybit, claims, stop), recorder, pace, patience, stop,
            claim => settings.Task.For(claim, callbacks?.For(claim)), settings, world.Clock);
        return dispatcher.Run(next, total);
    }

    public Task Wait() => poller!.Run(
        callbacks is not null && settings.PollInterval < RarePoll ? RarePoll : settings.PollInterval, callbacks is null ? null : callbacks.Heard);

    public string? Note()
    {
        if (pace.PausedUntil - world.Clock.GetUtcNow() > TimeSpan.FromSeconds(2))
            return $"Ittybit asks to wait until {Times.Text(pace.PausedUntil)} UTC";
        if (patience.Trouble is { } trouble)
            return trouble.TrimEnd('.');
        return pace.Rate < pace.Limit * 0.9 ? $"slowed to {pace.Rate:0.0} requests/s" : null;
    }

    public async ValueTask DisposeAsync()
    {
        if (callbacks is not null)
            await callbacks.DisposeAsync();
        await services.DisposeAsync();
        pace.Dispose();
    }
}
