using Podcast.Throttling;

namespace Podcast.Processing.Consumers;

/// <summary>Resumes calls to a provider on an operator's command.</summary>
internal sealed class ResumeLaneConsumer(IReadOnlyList<ProviderThrottle> lanes, ILogger<ResumeLaneConsumer> logger) : IConsumer<ResumeLane>
{
    public async Task Consume(ConsumeContext<ResumeLane> context)
    {
        var (name, by, why) = context.Message;
        if (lanes.FirstOrDefault(lane => lane.Name == name) is { } lane)
            await lane.Resume(by, why, context.CancellationToken);
        else
            logger.NoSuchLane(name, by);
    }
}
