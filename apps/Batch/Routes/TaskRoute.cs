using Microsoft.Extensions.Options;

namespace Podcast.Batch.Routes;

/// <summary>
/// Makes one Ittybit task per item, as in the tutorial. With webhooks, Ittybit reports to the gateway, and the run hears what the
/// gateway publishes. To the gateway an item looks like an episode; no other service knows it, and they let it pass.
/// </summary>
internal sealed class TaskRoute(RunSettings settings, CliContext context, Stop stop) : IRoute
{
    // Polling then only serves to find lost webhooks, so it may be rare.
    private static readonly TimeSpan WebhooksPoll = TimeSpan.FromMinutes(1);

    private readonly ServiceProvider services = Services(settings, context, stop);
    private BusConnection? bus;
    private Poller? poller;

    public string Via => Data.Via.Task;

    public string Waiting => settings.HearsWebhooks ? "Waiting for webhooks..." : "Polling for results...";

    public async Task Begin(InFlightItems inFlight, OutcomeRecorder outcomes, CancellationToken cancellationToken)
    {
        poller = ActivatorUtilities.CreateInstance<Poller>(services, inFlight, outcomes);
        if (settings.HearsWebhooks)
            bus = await BusConnection.Open(context, "--wait webhooks", bus => AddTaskOutcomes(bus, inFlight, outcomes), cancellationToken);
    }

    public Task Send(IAsyncEnumerable<IReadOnlyList<Claim>> batches, Claims claims, Recorder recorder) =>
        ActivatorUtilities.CreateInstance<Dispatcher>(services, claims, recorder, (Func<Claim, CreateTaskRequest>)Request).Run(batches);

    public Task Wait() =>
        poller!.Run(settings.HearsWebhooks && settings.PollInterval < WebhooksPoll ? WebhooksPoll : settings.PollInterval);

    public string? Note()
    {
        var lane = services.GetRequiredService<InProcessLane>().Status;
        if (lane.Until is { } until && until - context.Clock.GetUtcNow() > TimeSpan.FromSeconds(2))
            return $"Ittybit asks to wait until {Times.Text(until)} UTC";
        if (services.GetRequiredService<FailureBudget>().Trouble is { } trouble)
            return trouble.TrimEnd('.');
        return lane.Rate < settings.Rate * 0.9 ? $"slowed to {lane.Rate:0.0} requests/s" : null;
    }

    public async ValueTask DisposeAsync()
    {
        if (bus is not null)
            await bus.DisposeAsync();
        await services.DisposeAsync();
    }

    /// <summary>The Ittybit client with this run's throttle, and what sends and polls through it.</summary>
    private static ServiceProvider Services(RunSettings settings, CliContext context, Stop stop)
    {
        if (settings.HearsWebhooks && !IttybitTasks.Kinds.Values.Contains(settings.Task.Kind))
            throw new UsageException(
                $"--wait webhooks works for the kinds {string.Join(", ", IttybitTasks.Kinds.Values)}, not for {settings.Task.Kind}.");

        var services = new ServiceCollection().AddLogging();
        services.AddSingleton(settings).AddSingleton(stop).AddSingleton(context.Configuration).AddSingleton(context.Clock);
        services.AddSingleton(new FailureBudget(settings.Patience, stop, context.Clock));
        services.AddTransient<AnswerHandler>();

        // The run retries by itself, because it has to respect the rate, the claims and Ctrl-C.
        services.Configure<IttybitOptions>(options => options.Retries = 0);
        services.AddIttybitClient()
            .AddInProcessThrottle(new InProcessLane(IttybitClient.Name, settings.Rate, context.Clock), stop.Token)
            .AddHttpClient(IttybitClient.Name).AddHttpMessageHandler<AnswerHandler>();
        if (settings.HearsWebhooks)
            services.AddIttybitWebhooks();

        var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
        return provider;
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
        bus.AddConsumer<TaskOutcomeConsumer>()
            .Endpoint(endpoint => (endpoint.Name, endpoint.Temporary) = ($"batch-{Guid.NewGuid():N}", true));

        // Newer RabbitMQ versions refuse transient queues, and the queue must survive a lost connection. The end deletes it.
        bus.AddConfigureEndpointsCallback((_, endpoint) =>
        {
            if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbitMq)
                rabbitMq.Durable = true;
        });
    }
}

/// <summary>Ends items by what the gateway publishes. What does not name one of ours is somebody else's.</summary>
internal sealed class TaskOutcomeConsumer(InFlightItems inFlight, OutcomeRecorder outcomes)
    : IConsumer<TaskCompleted>, IConsumer<TaskFailed>
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
