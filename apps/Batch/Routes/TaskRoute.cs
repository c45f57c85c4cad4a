using Microsoft.Extensions.Options;

namespace Podcast.Batch.Routes;

/// <summary>
/// Makes one Ittybit task per item, as in the tutorial. With webhooks, Ittybit reports to the gateway, and the run hears what the
/// gateway publishes. To the gateway an item looks like an episode; no other service knows it, and they let it pass.
/// </summary>
internal sealed class TaskRoute : IRoute
{
    // Polling then only serves to find lost webhooks, so it may be rare.
    private static readonly TimeSpan WebhooksPoll = TimeSpan.FromMinutes(1);

    private readonly RunSettings settings;
    private readonly CliContext context;
    private readonly Stop stop;
    private readonly AdaptiveRateLimiter rateLimiter;
    private readonly FailureBudget failureBudget;
    private readonly ServiceProvider services;
    private readonly IIttybitApi ittybit;
    private BusConnection? bus;
    private Poller? poller;

    /// <exception cref="UsageException">The gateway does not know this kind of task.</exception>
    /// <exception cref="OptionsValidationException">A setting is invalid or missing, the API key for example.</exception>
    public TaskRoute(RunSettings settings, CliContext context, Stop stop)
    {
        (this.settings, this.context, this.stop) = (settings, context, stop);
        rateLimiter = new AdaptiveRateLimiter(settings.Rate, context.Clock);
        failureBudget = new FailureBudget(settings.Patience, stop, context.Clock);
        if (settings.HearsWebhooks && !IttybitTasks.Kinds.Values.Contains(settings.Task.Kind))
            throw new UsageException($"--wait webhooks works for the kinds {string.Join(", ", IttybitTasks.Kinds.Values)}, not for {settings.Task.Kind}.");

        services = Services();
        services.GetRequiredService<IStartupValidator>().Validate();
        ittybit = services.GetRequiredService<IIttybitApi>();
    }

    public string Via => Data.Via.Task;

    public string Waiting => settings.HearsWebhooks ? "Waiting for webhooks..." : "Polling for results...";

    public async Task Begin(InFlightItems inFlight, OutcomeRecorder outcomes, CancellationToken cancellationToken)
    {
        poller = new Poller(ittybit, inFlight, outcomes, failureBudget, stop, settings, context.Clock);
        if (settings.HearsWebhooks)
            bus = await BusConnection.Open(context, "--wait webhooks", bus => AddTaskOutcomes(bus, inFlight, outcomes), cancellationToken);
    }

    public Task Send(IAsyncEnumerable<IReadOnlyList<Claim>> batches, Claims claims, Recorder recorder) => new Dispatcher(
        ittybit, claims, recorder, rateLimiter, failureBudget, stop, Request, settings, context.Clock).Run(batches);

    public Task Wait() =>
        poller!.Run(settings.HearsWebhooks && settings.PollInterval < WebhooksPoll ? WebhooksPoll : settings.PollInterval);

    public string? Note()
    {
        if (rateLimiter.PausedUntil - context.Clock.GetUtcNow() > TimeSpan.FromSeconds(2))
            return $"Ittybit asks to wait until {Times.Text(rateLimiter.PausedUntil)} UTC";
        if (failureBudget.Trouble is { } trouble)
            return trouble.TrimEnd('.');
        return rateLimiter.IsSlowed ? $"slowed to {rateLimiter.Rate:0.0} requests/s" : null;
    }

    public async ValueTask DisposeAsync()
    {
        if (bus is not null)
            await bus.DisposeAsync();
        await services.DisposeAsync();
        rateLimiter.Dispose();
    }

    /// <summary>The Ittybit client with this run's rate limiter, and the gateway's settings.</summary>
    private ServiceProvider Services()
    {
        var services = new ServiceCollection();
        services.AddSingleton(context.Configuration);
        services.AddSingleton(context.Clock);
        services.AddLogging();
        services.AddTransient(_ => new RateLimitHandler(rateLimiter, failureBudget, stop, context.Clock));

        // The run retries by itself, because it has to respect the rate, the claims and Ctrl-C.
        services.Configure<IttybitOptions>(options => options.Retries = 0);
        services.AddIttybitClient();
        services.AddHttpClient(IttybitClient.Name).AddHttpMessageHandler<RateLimitHandler>();
        if (settings.HearsWebhooks)
            services.AddIttybitWebhooks();
        return services.BuildServiceProvider();
    }

    private CreateTaskRequest Request(Claim claim)
    {
        var kind = IttybitTasks.Kinds.FirstOrDefault(kind => kind.Value == settings.Task.Kind).Key;
        var attempt = new TaskAttempt(ItemGuid.Of($"task/{claim.Ref}"), kind, claim.Attempt);
        return settings.Task.For(claim, services.GetService<CallbackAddress>()?.For(attempt));
    }

    private static void AddTaskOutcomes(IBusRegistrationConfigurator bus, InFlightItems inFlight, OutcomeRecorder outcomes)
    {
        bus.AddSingleton(inFlight);
        bus.AddSingleton(outcomes);
        bus.AddConsumer<TaskOutcomeConsumer>().Endpoint(endpoint => (endpoint.Name, endpoint.Temporary) = ($"batch-{Guid.NewGuid():N}", true));

        // Newer RabbitMQ versions refuse transient queues, and the queue must survive a lost connection. It is deleted at the end.
        bus.AddConfigureEndpointsCallback((_, endpoint) =>
        {
            if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbitMq)
                rabbitMq.Durable = true;
        });
    }

    /// <summary>Ends items by what the gateway publishes. What does not name one of ours is somebody else's.</summary>
    internal sealed class TaskOutcomeConsumer(InFlightItems inFlight, OutcomeRecorder outcomes) : IConsumer<TaskCompleted>, IConsumer<TaskFailed>
    {
        // Without an address the next look at the task tells.
        public Task Consume(ConsumeContext<TaskCompleted> context) => context.Message.Output.Url is { } url
            ? End(context.Message.IttybitTaskId, Outcome.Completed(url), context.CancellationToken)
            : Task.CompletedTask;

        public Task Consume(ConsumeContext<TaskFailed> context) => End(
            context.Message.IttybitTaskId,
            Outcome.Failed(FailureCauses.OfTask(context.Message.Reason), context.Message.Reason),
            context.CancellationToken);

        private async Task End(string? taskId, Outcome outcome, CancellationToken cancellationToken)
        {
            foreach (var item in taskId is null ? [] : await inFlight.With([taskId], cancellationToken))
                await outcomes.End(item, outcome);
        }
    }
}
