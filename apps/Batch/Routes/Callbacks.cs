using Microsoft.Extensions.Options;
using Podcast.Hosting.Startup;

namespace Podcast.Batch.Routes;

/// <summary>
/// Lets Ittybit report to the webhook gateway, and hears what it publishes. To the gateway an item looks like an episode; no
/// other service knows it, and they let it pass.
/// </summary>
internal sealed class Callbacks : IAsyncDisposable
{
    private static readonly Dictionary<string, TaskKind> Kinds = IttybitTasks.Kinds.ToDictionary(kind => kind.Value, kind => kind.Key);

    private readonly CliContext context;
    private readonly ServiceProvider services;
    private readonly CallbackAddress address;
    private readonly TaskKind task;
    private readonly SemaphoreSlim heard = new(0);
    private BusConnection? connection;

    /// <exception cref="UsageException">The settings make no sense, or the gateway does not know this kind of task.</exception>
    public Callbacks(string kind, CliContext context)
    {
        if (!Kinds.TryGetValue(kind, out task))
            throw new UsageException($"--wait webhooks works for the kinds {string.Join(", ", Kinds.Keys)}, not for {kind}.");

        this.context = context;
        services = new ServiceCollection().AddSingleton(context.Configuration).AddIttybitWebhooks().BuildServiceProvider();
        try
        {
            _ = services.GetRequiredService<IOptions<WebhookOptions>>().Value;
            address = services.GetRequiredService<CallbackAddress>();
        }
        catch (OptionsValidationException exception)
        {
            services.Dispose();
            throw new UsageException($"--wait webhooks: {StartFailure.Describe(exception)}", ExitCodes.Usage, exception);
        }
    }

    /// <summary>Where the task of a claim reports to.</summary>
    public Uri For(Claim claim) => address.For(new TaskAttempt(ItemGuid.Of($"task/{claim.Ref}"), task, claim.Attempt));

    /// <summary>Completes when something was heard since the last time.</summary>
    public Task Heard(CancellationToken cancellationToken) => heard.WaitAsync(cancellationToken);

    public async Task Listen(InFlightItems inFlight, OutcomeRecorder outcomes, CancellationToken cancellationToken) =>
        connection = await BusConnection.Open(
            context,
            "--wait webhooks",
            bus =>
            {
                bus.AddSingleton(new TaskOutcomes(inFlight, outcomes, () => heard.Release()));
                bus.AddConsumer<TaskOutcomeConsumer, RunConsumerDefinition<TaskOutcomeConsumer>>().Endpoint(endpoint => (endpoint.Name, endpoint.Temporary) = ($"batch-{Guid.NewGuid():N}", true));
            },
            cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (connection is not null)
            await connection.DisposeAsync();
        await services.DisposeAsync();
        heard.Dispose();
    }

    /// <summary>Ends items by what the gateway publishes. What does not name one of ours is somebody else's.</summary>
    internal sealed class TaskOutcomes(InFlightItems inFlight, OutcomeRecorder outcomes, Action tell)
    {
        public async Task Hear(string? taskId, Func<Outcome?> ending, CancellationToken cancellationToken)
        {
            if (taskId is null || ending() is not { } end)
                return;

            foreach (var item in await inFlight.With([taskId], cancellationToken))
            {
                await outcomes.End(item, end);
                tell();
            }
        }
    }

    internal sealed class TaskOutcomeConsumer(TaskOutcomes news) : IConsumer<TaskCompleted>, IConsumer<TaskFailed>
    {
        // Without an address the next look at the task tells.
        public Task Consume(ConsumeContext<TaskCompleted> context) => news.Hear(
            context.Message.IttybitTaskId,
            () => context.Message.Output.Url is { } url ? Outcome.Completed(url) : null,
            context.CancellationToken);

        public Task Consume(ConsumeContext<TaskFailed> context) => news.Hear(
            context.Message.IttybitTaskId,
            () => Outcome.Failed(FailureCauses.OfTask(context.Message.Reason), context.Message.Reason),
            context.CancellationToken);
    }
}
