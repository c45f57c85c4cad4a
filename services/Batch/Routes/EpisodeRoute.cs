using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Podcast.Batch.Cli;
using Podcast.Batch.Data;
using Podcast.Batch.Running;
using Podcast.Batch.Sending;
using Podcast.Contracts;
using Podcast.Hosting;

namespace Podcast.Batch.Routes;

/// <summary>
/// Each item as an episode through the podcast pipeline, with the backlog's priority. Who an item is as an episode follows from its
/// table and id: told twice it is still one episode.
/// </summary>
internal sealed class EpisodeRoute(RunSettings settings, Backlog backlog, Surroundings world, Stop stop) : IRoute
{
    private readonly Pace pace = new(settings.Rate, world.Clock);
    private string prefix = "";
    private BusConnection? connection;
    private Outstanding? outstanding;
    private Settler? settler;

    public string Via => Data.Via.Episode;

    public string Noun => "episodes";

    public string Waiting => "Waiting for results...";

    public async Task Begin(Outstanding outstanding, Settler settler, CancellationToken cancellationToken)
    {
        (this.outstanding, this.settler) = (outstanding, settler);
        prefix = await backlog.RefPrefix(cancellationToken);
        connection = await BusConnection.Open(
            world,
            "--episodes",
            bus =>
            {
                bus.MustReachAQueue<EpisodeUploaded>();
                bus.AddSingleton(new EpisodeNews(outstanding, settler, world.Clock));
                bus.AddConsumer<EpisodeNewsConsumer, EpisodeNewsConsumerDefinition>().Endpoint(endpoint => endpoint.Name = prefix.TrimEnd('-'));
            },
            cancellationToken);
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
                await Publish(claim, claims, recorder);
            if (left > 0)
                await Task.Delay(settings.Delay, world.Clock, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async Task Wait()
    {
        while (!stop.IsRequested)
        {
            await settler!.Expire(settings.Deadline);
            if (await outstanding!.Count(CancellationToken.None) == 0)
                return;
            await Task.Delay(settings.PollInterval, world.Clock, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public string? Note() => null;

    public async ValueTask DisposeAsync()
    {
        if (connection is not null)
            await connection.DisposeAsync();
        pace.Dispose();
    }

    private async Task Publish(Claim claim, Claims claims, Recorder recorder)
    {
        if (claim.Via != Via)
        {
            recorder.LeftOpen(claim, "an earlier run may have made a task of it: run without --episodes first.");
            return;
        }

        var episode = ItemGuid.Of(prefix + claim.Id);
        try
        {
            await pace.Take(stop.Token);
            var bus = connection!.Bus;
            await bus.Publish(Announcement(episode, claim), stop.Token);

            // A failed episode is not begun by being told again, but by being asked for again.
            if (claim.Attempt > 1)
                await bus.Publish(new RetryEpisode(episode, Tasks: null, Now: false, By: "podcast-batch", Why: $"attempt {claim.Attempt}"), stop.Token);
            await recorder.Accepted(claim, episode.ToString());
        }
        catch (OperationCanceledException) when (stop.IsRequested)
        {
            await claims.Release(claim);
        }
        catch (MassTransitException exception)
        {
            await claims.Release(claim);
            stop.Because(
                exception is MessageReturnedException
                    ? "No queue takes episodes: start Podcast's orchestrator (or its migrate verb) once. Nothing is lost."
                    : "RabbitMQ does not take episodes just now. Run again; nothing is lost.",
                ExitCodes.Failed);
        }
    }

    private EpisodeUploaded Announcement(Guid episode, Claim claim)
    {
        var url = new Uri(claim.Url);
        var name = Uri.UnescapeDataString(url.Segments[^1]).Trim('/');
        var title = Path.GetFileNameWithoutExtension(name) is { Length: > 0 } stem ? stem : $"{backlog.Table.ShortName} {claim.Id}";
        return new EpisodeUploaded(
            episode,
            settings.Owner,
            title.Length <= 200 ? title : title[..200],
            new EpisodeSource(FileId: null, url, name.Length > 0 ? name : null),
            Priority: EpisodePriority.Backlog);
    }
}
