using MassTransit;
using Microsoft.Extensions.Options;
using Podcast.Contracts;

namespace Podcast.Orchestrator.Timers;

/// <summary>
/// Wakes the episodes that waited for a provider's lane, a batch each second so that they do not all ask at once. If this gets lost, each
/// looks again by itself at the time that it was told.
/// </summary>
internal sealed class LaneChangedConsumer(DueEpisodes episodes, IOptions<OrchestratorOptions> options, TimeProvider clock) : IConsumer<LaneChanged>
{
    private static readonly TimeSpan pause = TimeSpan.FromSeconds(1);

    public async Task Consume(ConsumeContext<LaneChanged> context)
    {
        while (context.Message.State == LaneState.Open)
        {
            var now = clock.GetUtcNow();
            var waiting = await episodes.WaitingForLane(now, options.Value.SweepBatchSize, context.CancellationToken);
            await Task.WhenAll(waiting.Select(id => context.Publish(new EpisodeDue(id, now, LaneIsOpen: true), context.CancellationToken)));
            if (waiting.Count < options.Value.SweepBatchSize)
                return;

            await Task.Delay(pause, clock, context.CancellationToken);
        }
    }
}
