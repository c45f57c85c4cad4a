using MassTransit;
using Podcast.Contracts;
using Podcast.Throttling;

namespace Podcast.Processing.Resuming;

/// <summary>Resumes calls to a provider on an operator's command.</summary>
internal sealed class ResumeLaneConsumer(ProviderThrottle lane, ILogger<ResumeLaneConsumer> logger) : IConsumer<ResumeLane>
{
    public async Task Consume(ConsumeContext<ResumeLane> context)
    {
        var (name, by, why) = context.Message;
        if (name == lane.Name)
            await lane.Resume(by, why, context.CancellationToken);
        else
            logger.NoSuchLane(name, by);
    }
}
