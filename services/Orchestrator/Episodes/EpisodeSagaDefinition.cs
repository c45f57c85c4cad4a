using Podcast.Orchestrator.Callbacks;
using Podcast.Outbox;

namespace Podcast.Orchestrator.Episodes;

internal sealed class EpisodeSagaDefinition : SagaDefinition<EpisodeState>
{
    public EpisodeSagaDefinition()
    {
        EndpointName = "episode";
        Endpoint(endpoint => endpoint.ConcurrentMessageLimit = endpoint.PrefetchCount = 64); // so many can be in one batch
    }

    protected override void ConfigureSaga(
        IReceiveEndpointConfigurator endpointConfigurator, ISagaConfigurator<EpisodeState> sagaConfigurator, IRegistrationContext context)
    {
        endpointConfigurator.UseRetries(retry => retry.Intervals(20, 50, 100, 250, 500, 1000, 2000, 5000));
        endpointConfigurator.UseSagaBatches<OrchestratorDbContext>(context);
        sagaConfigurator.UseCurrentEvent(context);
        sagaConfigurator.UseTaskOwners();
    }
}

/// <summary>What the activities share while the saga handles one event.</summary>
internal sealed record CurrentEvent(DateTimeOffset Now, OrchestratorOptions Options)
{
    /// <summary>The change to publish; null if there is none.</summary>
    public EpisodeChange? Change { get; set; }
}

internal static class CurrentEvents
{
    /// <summary>Adds a <see cref="CurrentEvent"/> to each delivery, after the saga is loaded and locked.</summary>
    public static void UseCurrentEvent(this ISagaConfigurator<EpisodeState> saga, IRegistrationContext context)
    {
        var (clock, options) = (context.GetRequiredService<TimeProvider>(), context.GetRequiredService<IOptions<OrchestratorOptions>>());
        saga.UseExecute(x => x.GetOrAddPayload(() => new CurrentEvent(clock.GetUtcMilliseconds(), options.Value)));
    }

    extension(BehaviorContext<EpisodeState> x)
    {
        public DateTimeOffset Now => x.GetPayload<CurrentEvent>().Now;
        public OrchestratorOptions Options => x.GetPayload<CurrentEvent>().Options;
        public RetrySchedule Schedule => new(x.Options, x.Saga.CorrelationId, x.Saga.Source.DurationSeconds);
        public EpisodeChange? Change => x.GetPayload<CurrentEvent>().Change;

        /// <summary>Records a change. Further ones by the same event are ignored: one event is one row of history.</summary>
        public void RecordChange(string what, TaskKind? task = null, string by = "orchestrator", string? why = null) =>
            x.GetPayload<CurrentEvent>().Change ??= new EpisodeChange(x.Now, what, task, by, why);

        /// <summary>Adds the recorded change to the episode, if there is one, so that the event may record another.</summary>
        public void KeepChange()
        {
            if (x.Change is { } change)
                x.Saga.Add(change);
            x.GetPayload<CurrentEvent>().Change = null;
        }
    }
}
