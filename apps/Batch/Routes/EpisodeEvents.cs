using Podcast.Hosting.Bus;

namespace Podcast.Batch.Routes;

/// <summary>Handles the final events of episodes. Those that were not made by this command are ignored.</summary>
internal sealed class EpisodeEndsConsumer(OutcomeRecorder outcomes) : IConsumer<EpisodeProcessed>, IConsumer<EpisodeFailed>
{
    public Task Consume(ConsumeContext<EpisodeProcessed> context) =>
        outcomes.End(context.Message.EpisodeId, Outcome.Completed(AddressIn(context.Message.Outputs)));

    public Task Consume(ConsumeContext<EpisodeFailed> context) =>
        outcomes.End(context.Message.EpisodeId, Outcome.Failed(FailureCauses.EpisodeFailed, context.Message.Reason));

    /// <summary>The video's address. Without one: that of the first other output that has one; null if none has.</summary>
    public static Uri? AddressIn(IEnumerable<EpisodeOutput> outputs) => outputs
        .OrderBy(output => output.Kind != TaskKind.VideoTranscode)
        .Select(output => output.Output.Url)
        .FirstOrDefault(url => url is not null);
}

/// <summary>
/// Handles changes of status: held episodes, which do not count as in flight, cancelled ones, and those that were processed before,
/// whose <see cref="EpisodeProcessed"/> does not come again.
/// </summary>
internal sealed class EpisodeChangesConsumer(OutcomeRecorder outcomes) : IConsumer<EpisodeChanged>
{
    public Task Consume(ConsumeContext<EpisodeChanged> context) => context.Message switch
    {
        { Priority: not EpisodePriority.Backlog } => Task.CompletedTask, // not of this command: this saves a database lookup
        { Status: EpisodeStatus.Cancelled } change => outcomes.End(
            change.EpisodeId, Outcome.Failed(FailureCauses.EpisodeCancelled, change.Reason ?? "The episode was cancelled.")),
        { Status: EpisodeStatus.Processed } change => outcomes.End(
            change.EpisodeId, Outcome.Completed(EpisodeEndsConsumer.AddressIn(
                from task in change.Tasks
                where task is { State: TaskState.Completed, Error: null, Output: not null }
                select new EpisodeOutput(task.Kind, task.Output!)))),
        var change => outcomes.Hold(change.EpisodeId, change.Status == EpisodeStatus.Held, change.Reason, context.CancellationToken),
    };
}

/// <summary>
/// The queues of the two consumers. They outlive the run, so that the next run handles events from in between, and expire when
/// they were unused for 14 days.
/// </summary>
internal static class EpisodeEvents
{
    private static readonly TimeSpan Unused = TimeSpan.FromDays(14);

    // Longer than the default deadline of an item (6 h): an older change has no use.
    private static readonly TimeSpan ChangesKept = TimeSpan.FromDays(1);

    public static void AddEpisodeEvents(this IBusRegistrationConfigurator bus, string queue, OutcomeRecorder outcomes)
    {
        var changes = $"{queue}-changes";
        bus.AddSingleton(outcomes);
        bus.AddConsumer<EpisodeEndsConsumer>().Endpoint(endpoint => endpoint.Name = queue);
        bus.AddConsumer<EpisodeChangesConsumer>().Endpoint(endpoint => endpoint.Name = changes);
        bus.AddConfigureEndpointsCallback((name, endpoint) =>
        {
            endpoint.UseRetries(retry => retry.Exponential(
                5, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1)));
            if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbitMq)
                rabbitMq.QueueExpiration = Unused;
            if (name == changes)
                ConfigureChanges(endpoint);
        });
    }

    /// <summary>
    /// The queue receives the changes of all episodes, so messages expire after a day. It must never be full, because the broker
    /// would then refuse the orchestrator's messages. If an expired message said that an episode is held, its item counts as in
    /// flight until its deadline.
    /// </summary>
    private static void ConfigureChanges(IReceiveEndpointConfigurator endpoint)
    {
        endpoint.ConcurrentMessageLimit = 1; // keeps the messages in order: the last status counts
        if (endpoint is not IRabbitMqReceiveEndpointConfigurator rabbitMq)
            return;

        // Expired messages need no inspection, so they are not dead-lettered.
        rabbitMq.SetQueueArgument("x-message-ttl", ChangesKept);
        foreach (var argument in (string[])["x-dead-letter-exchange", "x-dead-letter-strategy", "x-overflow"])
            rabbitMq.SetQueueArgument(argument, (object?)null);
    }
}
