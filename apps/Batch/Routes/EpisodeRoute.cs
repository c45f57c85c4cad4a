using System.Data.Common;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Podcast.Batch.Cli;
using Podcast.Batch.Data;
using Podcast.Batch.Running;
using Podcast.Batch.Sending;
using Podcast.Contracts;
using Podcast.Hosting;
using Podcast.Hosting.Bus;

namespace Podcast.Batch.Routes;

/// <summary>
/// Each item as an episode through the podcast pipeline. Who an item is as an episode follows from its table and id: told twice it is
/// still one episode. Only so many are in the pipeline at once: what is uploaded today finds the queues, the provider's rate and the
/// provider's own queue as good as empty, whatever the backlog.
/// </summary>
internal sealed class EpisodeRoute(RunSettings settings, Backlog backlog, CliContext world, Stop stop) : IRoute
{
    private readonly AdaptiveRateLimiter pace = new(settings.Rate, world.Clock);
    private string prefix = "";
    private long listening;
    private BusConnection? connection;
    private InFlightItems outstanding = null!;
    private OutcomeRecorder settler = null!;
    private EpisodeNews? news;
    private long held;
    private bool isFull;

    public string Via => Data.Via.Episode;

    public string Noun => "episodes";

    public string Waiting => "Waiting for results...";

    public async Task Begin(InFlightItems outstanding, OutcomeRecorder settler, CancellationToken cancellationToken)
    {
        (this.outstanding, this.settler, news) = (outstanding, settler, new EpisodeNews(settler));
        prefix = await backlog.RefPrefix(cancellationToken);
        var queue = prefix.TrimEnd('-');
        connection = await BusConnection.Open(
            world,
            "--episodes",
            bus =>
            {
                bus.MustReachAQueue<EpisodeUploaded>();
                bus.AddSingleton(news);
                bus.AddConsumer<EpisodeEndsConsumer, EpisodeEndsConsumerDefinition>().Endpoint(endpoint => endpoint.Name = queue);
                bus.AddConsumer<EpisodeChangesConsumer, EpisodeChangesConsumerDefinition>()
                    .Endpoint(endpoint => endpoint.Name = $"{queue}-changes");
            },
            cancellationToken);
        listening = world.Clock.GetTimestamp();
    }

    public async Task Send(Claims claims, Recorder recorder, Func<int, Task<IReadOnlyList<Candidate>>> next, long total)
    {
        for (var left = total; left > 0 && !stop.IsRequested;)
        {
            var batch = await next((int)Math.Min(settings.BatchSize, left));
            if (batch.Count == 0)
                return;

            left -= batch.Count;
            foreach (var claim in await claims.Take(await recorder.RefuseBad(batch), stop.Token))
                await Tell(claim, claims, recorder);
            if (left > 0)
                await Task.Delay(settings.Delay, world.Clock, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async Task Wait()
    {
        await UntilFewer(1, isEnd: true);
        if (!stop.IsRequested && held > 0)
            stop.Because($"{held} episodes are held until a person has looked at them; the others have ended.", ExitCodes.Failed);
    }

    public string? Note()
    {
        var notes = new[]
        {
            connection?.IsAway == true ? "RabbitMQ does not answer" : null,
            isFull ? $"{settings.InFlight} at work, the most at once" : null,
            held > 0 ? $"{held} held for a person" : null,
        };
        return notes.OfType<string>().ToList() is { Count: > 0 } some ? string.Join(", ", some) : null;
    }

    public async ValueTask DisposeAsync()
    {
        if (connection is not null)
            await connection.DisposeAsync();
        news?.Dispose();
        pace.Dispose();
    }

    /// <summary>Completes when fewer than that are at work in the pipeline. Those that wait for a person are in nobody's way.</summary>
    /// <param name="isEnd">Then those that were held in an earlier run have time to tell that they go on, or have ended.</param>
    private async Task UntilFewer(int limit, bool isEnd = false)
    {
        while (!stop.IsRequested)
        {
            // What happened between two runs is in the queues: first that is heard.
            var hasHeard = world.Clock.GetElapsedTime(listening) > settings.Grace;
            if (hasHeard)
                await settler.Expire(settings.Deadline, asked: false);

            held = await outstanding.CountHeld(CancellationToken.None);
            var atWork = await outstanding.Count(CancellationToken.None) - held;
            isFull = !isEnd && atWork >= limit;
            if (atWork < limit && (hasHeard || !isEnd || held == 0))
                return;

            using var over = new CancellationTokenSource(settings.PollInterval, world.Clock);
            using var pause = CancellationTokenSource.CreateLinkedTokenSource(over.Token, stop.Token);
            await news!.Heard(pause.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Tell(Claim claim, Claims claims, Recorder recorder)
    {
        if (claim.Via != Via)
        {
            recorder.LeftOpen(claim, "an earlier run may have made a task of it: run without --episodes first.");
            return;
        }

        await UntilFewer(settings.InFlight);
        await pace.Take(stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (stop.IsRequested)
        {
            await claims.Release(claim);
            return;
        }

        // From here on nobody knows until the broker has confirmed; a claim that stays open is told of again, which changes nothing.
        using var limit = new CancellationTokenSource(settings.Patience, world.Clock);
        try
        {
            var episode = ItemGuid.Of(prefix + claim.Id);
            await connection!.Bus.PublishConfirmed(Announcement.Of(episode, claim, settings.Owner, backlog.Table), limit.Token);

            // A failed episode is not begun by being told again, but by being asked for again.
            if (claim.Attempt > 1)
                await connection.Bus.PublishConfirmed(
                    new RetryEpisode(episode, Tasks: null, Now: false, By: "podcast-batch", Why: $"attempt {claim.Attempt}"), limit.Token);
            await recorder.Accepted(claim, episode.ToString());
        }
        catch (MessageReturnedException)
        {
            await claims.Release(claim);
            stop.Because("No queue takes episodes: run the orchestrator's migrate once, or start it. Nothing is lost.", ExitCodes.Failed);
        }
        catch (Exception exception) when (exception is not DbException)
        {
            stop.Because("RabbitMQ does not take episodes just now. Run again; nothing is lost.", ExitCodes.Failed);
        }
    }
}
