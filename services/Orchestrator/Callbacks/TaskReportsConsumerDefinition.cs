namespace Podcast.Orchestrator.Callbacks;

internal sealed class TaskReportsConsumerDefinition : ConsumerDefinition<TaskReportsConsumer>
{
    public TaskReportsConsumerDefinition() => EndpointName = "task-reports";

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<TaskReportsConsumer> consumerConfigurator,
        IRegistrationContext context)
    {
        endpointConfigurator.UseRetries(retry => retry.Intervals(50, 200, 1000, 5000));
        endpointConfigurator.UseEntityFrameworkOutbox<OrchestratorDbContext>(context);
    }
}
