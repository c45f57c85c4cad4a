namespace Podcast.Orchestrator.Episodes;

internal sealed class EpisodeSagaDefinition : SagaDefinition<EpisodeState>
{
    public EpisodeSagaDefinition() => EndpointName = "episode";

    protected override void ConfigureSaga(
        IReceiveEndpointConfigurator endpointConfigurator, ISagaConfigurator<EpisodeState> sagaConfigurator, IRegistrationContext context)
    {
        endpointConfigurator.UseRetries(retry => retry.Intervals(20, 50, 100, 250, 500, 1000, 2000, 5000));
        endpointConfigurator.UseEntityFrameworkOutbox<OrchestratorDbContext>(context);
    }
}
