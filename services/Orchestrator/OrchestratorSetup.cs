using System.Data;
using Podcast.Orchestrator.Callbacks;
using Podcast.Orchestrator.Timers;
using Podcast.Outbox;
using Podcast.SettingsBinding;
using Podcast.Sweeping;

namespace Podcast.Orchestrator;

/// <summary>Composition of the orchestrator, whose saga runs the process of each episode.</summary>
public static class OrchestratorSetup
{
    /// <summary>Registers the saga, the consumer for webhooks that name only the task, and the sweeps.</summary>
    public static void AddOrchestrator(this IBusRegistrationConfigurator bus)
    {
        bus.AddSettings<OrchestratorOptions>("Orchestrator");
        bus.AddOwnedDbContext<OrchestratorDbContext>(OrchestratorDbContext.Owner);
        bus.AddLeanOutbox<OrchestratorDbContext>();
        bus.AddScoped<IttybitTasks>();
        bus.AddHostedService<ForgottenTasks>();
        bus.AddScoped<LaneWakeUps>();
        bus.AddDueSweep<OrchestratorDbContext, EpisodeState>(
            services => services.GetRequiredService<IOptions<OrchestratorOptions>>().Value.Sweep,
            (episodeId, now) => new EpisodeDue(episodeId, now),
            new EarlyCall(
                (services, now, limit, cancellationToken) =>
                    services.GetRequiredService<LaneWakeUps>().Claim(now, limit, cancellationToken),
                (episodeId, now) => new EpisodeDue(episodeId, now, LaneIsOpen: true)));

        bus.AddConsumer<TaskReportsConsumer, TaskReportsConsumerDefinition>();
        bus.AddWorker<LaneChangedConsumer>(retry => retry.Intervals(50, 1000, 5000));
        bus.AddSagaStateMachine<EpisodeStateMachine, EpisodeState, EpisodeSagaDefinition>()
            .EntityFrameworkRepository(repository =>
            {
                repository.ConcurrencyMode = ConcurrencyMode.Pessimistic;
                repository.ExistingDbContext<OrchestratorDbContext>();
                repository.IsolationLevel = IsolationLevel.ReadCommitted;
                repository.UseDatabaseLocks();
            });
        bus.AddSagaBatches<OrchestratorDbContext, EpisodeState>(new Dictionary<Type, TimeSpan>
        {
            [typeof(TaskStarted)] = TimeSpan.FromMilliseconds(50), // nobody waits for it
        });
    }
}
