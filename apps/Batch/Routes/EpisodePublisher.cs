using Podcast.Hosting.Bus;

namespace Podcast.Batch.Routes;

/// <summary>
/// Publishes what the pipeline is told of episodes. Each method is false, and the run ends, if the broker does not confirm in time.
/// </summary>
/// <exception cref="MessageReturnedException">No queue takes episodes.</exception>
internal sealed class EpisodePublisher(IBus bus, RunSettings settings, CliContext context, TableShape table, Stop stop)
{
    public Task<bool> Announce(Guid episode, Claim claim) => Publish(async limit =>
    {
        await bus.PublishConfirmed(Announcement.Of(episode, claim, settings.Owner, table), limit);
        if (claim.Attempt == 1)
            return;

        // EpisodeUploaded does not restart a failed episode; RetryEpisode does. One that is processed or cancelled ignores both, and
        // only RepublishEpisode makes it tell of its end again.
        await bus.PublishConfirmed(
            new RetryEpisode(episode, Tasks: null, Now: false, By: "podcast-batch", Why: $"attempt {claim.Attempt}"), limit);
        await bus.PublishConfirmed(new RepublishEpisode(episode), limit);
    });

    /// <summary>Has the pipeline tell again in which state the episode is.</summary>
    public Task<bool> Ask(Guid episode) => Publish(limit => bus.PublishConfirmed(new RepublishEpisode(episode), limit));

    private async Task<bool> Publish(Func<CancellationToken, Task> publish)
    {
        using var limit = new CancellationTokenSource(settings.Patience, context.Clock);
        try
        {
            await publish(limit.Token);
            return true;
        }
        catch (Exception exception) when (exception is not MessageReturnedException)
        {
            stop.Because("RabbitMQ does not take episodes just now. Run again; nothing is lost.");
            return false;
        }
    }
}
