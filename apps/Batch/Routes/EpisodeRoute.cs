using Podcast.Hosting;
using Podcast.Hosting.Bus;

namespace Podcast.Batch.Routes;

/// <summary>
/// Sends each item as an episode through the podcast pipeline. The episode's id is derived from the table, the item's id and its
/// address, so an item that is announced twice is still one episode. At most <see cref="RunSettings.InFlight"/> episodes are in
/// the pipeline at once: a new upload finds the queues and the provider's rate nearly free, however long the backlog is.
/// </summary>
internal sealed class EpisodeRoute(RunSettings settings, Backlog backlog, CliContext context, Stop stop) : IRoute
{
    private readonly InProcessLane lane = new("episodes", settings.Rate, context.Clock);
    private string prefix = "";
    private long listening;
    private BusConnection? connection;
    private EpisodePublisher publisher = null!;
    private InFlightItems inFlight = null!;
    private OutcomeRecorder outcomes = null!;
    private long held;
    private bool isFull;

    public string Via => Data.Via.Episode;

    public string Waiting => "Waiting for results...";

    public async Task Begin(InFlightItems inFlight, OutcomeRecorder outcomes, CancellationToken cancellationToken)
    {
        (this.inFlight, this.outcomes) = (inFlight, outcomes);
        prefix = await backlog.RefPrefix(cancellationToken);
        connection = await BusConnection.Open(
            context,
            "--episodes",
            bus =>
            {
                bus.MustReachAQueue<EpisodeUploaded>();
                bus.AddEpisodeEvents(prefix.TrimEnd('-'), outcomes);
            },
            cancellationToken);
        publisher = new(connection.Bus, settings, context, backlog.Table, stop);
        listening = context.Clock.GetTimestamp();
        await AskForEarlier(cancellationToken);
    }

    public async Task Send(IAsyncEnumerable<IReadOnlyList<Claim>> batches, Claims claims, Recorder recorder)
    {
        await foreach (var batch in batches)
        {
            foreach (var claim in batch)
                await Announce(claim, recorder);
        }
    }

    public async Task Wait()
    {
        await UntilFewer(1, isEnd: true);
        if (!stop.IsRequested && held > 0)
            stop.Because($"{held} episodes are held until a person has looked at them; the others have ended.");
    }

    public string? Note()
    {
        string?[] notes =
        [
            connection?.Bus.IsAway() == true ? "RabbitMQ does not answer" : null,
            isFull ? $"{settings.InFlight} at work, the most at once" : null,
            held > 0 ? $"{held} held for a person" : null,
        ];
        return string.Join(", ", notes.OfType<string>()) is { Length: > 0 } words ? words : null;
    }

    public ValueTask DisposeAsync() => connection?.DisposeAsync() ?? default;

    /// <summary>Completes when fewer than <paramref name="limit"/> episodes are at work. Held episodes do not count.</summary>
    /// <param name="isEnd">True while the run waits for its last episodes. Then the queue gets the grace period to deliver what
    /// became of episodes that an earlier run saw held.</param>
    private async Task UntilFewer(int limit, bool isEnd = false)
    {
        while (!stop.IsRequested)
        {
            // Events from between two runs wait in the queue: handle them before deadlines are applied.
            var hasHeard = context.Clock.GetElapsedTime(listening) > settings.Grace;
            if (hasHeard)
                await outcomes.Expire(settings.Deadline, asked: false);

            held = await inFlight.CountHeld(CancellationToken.None);
            var atWork = await inFlight.Count(CancellationToken.None) - held;
            isFull = !isEnd && atWork >= limit;
            if (atWork < limit && (hasHeard || !isEnd || held == 0))
                return;

            using var pause = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
            pause.CancelAfter(settings.PollInterval);
            await outcomes.Heard(pause.Token);
        }
    }

    /// <summary>
    /// Has the state of the episodes of earlier runs told again: what became of them may have been heard, and not been storable.
    /// </summary>
    private async Task AskForEarlier(CancellationToken cancellationToken)
    {
        var round = context.Clock.GetUtcNow();
        while (await inFlight.NotSeenSince(round, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var item in page)
            {
                if (!await publisher.Ask(Guid.Parse(item.TaskId)))
                    return;
                await inFlight.Asked(item, round, cancellationToken);
            }
        }
    }

    private async Task Announce(Claim claim, Recorder recorder)
    {
        await UntilFewer(settings.InFlight);
        await lane.Take(stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (stop.IsRequested)
        {
            await recorder.Released(claim);
            return;
        }

        // Until the broker confirms, it is unknown whether the event was published. A claim that stays open is announced again by
        // the next run, which is idempotent.
        try
        {
            var episode = ItemGuid.OfEpisode(prefix, claim.Id, claim.Url);
            if (await publisher.Announce(episode, claim))
                await recorder.Accepted(claim, episode.ToString());
        }
        catch (MessageReturnedException)
        {
            await recorder.Released(claim);
            stop.Because("No queue takes episodes: run the orchestrator's migrate once, or start it. Nothing is lost.");
        }
    }
}
