using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;

namespace Podcast.OperatorsConsole.Live;

/// <summary>
/// Tells an open page what changed, as server-sent events. The id of an event is the API's token, so that a page that was cut off,
/// also from another process, asks for what it missed (<c>Last-Event-ID</c>).
/// </summary>
internal static class LiveEndpoint
{
    private static readonly TimeSpan heartbeat = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan shortest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan longest = TimeSpan.FromHours(12);

    public static void MapLive(this RouteGroupBuilder console) => console.MapGet("/live", (
        HttpContext http, ChangeFeeds feeds, RowRenderer renderer, IHostApplicationLifetime host, TimeProvider clock, string? after,
        string? rows, Guid? one, long? newer) =>
    {
        var since = http.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } last ? last : after;
        var end = new CancellationTokenSource(Left(Viewer.Of(http).Until - clock.GetUtcNow()), clock);
        var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, host.ApplicationStopping, end.Token);
        http.Response.RegisterForDispose(end);
        http.Response.RegisterForDispose(stop);
        return TypedResults.ServerSentEvents(
            Events(feeds.Of(Viewer.Of(http)), Watch.Of(rows, one, newer), since, renderer, clock, stop.Token));
    });

    /// <summary>How long a stream lasts: at its end the page connects again, and gets a new token for the API.</summary>
    private static TimeSpan Left(TimeSpan? validity) =>
        validity - TokenRefresh.Early is { } left && left < longest ? (left > shortest ? left : shortest) : longest;

    private static async IAsyncEnumerable<SseItem<string>> Events(
        ChangeFeed feed, Watch watch, string? since, RowRenderer renderer, TimeProvider clock,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var subscription = feed.Subscribe(); // before asking for what was missed, so that nothing lies between
        var news = new HashSet<Guid>();
        var token = since;
        yield return new SseItem<string>("", "beat") { EventId = token }; // at once: a page is connected when the first event comes
        if (since is { Length: > 0 })
        {
            if (await Missed(feed, since, cancellationToken) is not { } missed)
                yield break; // the page connects again after a while
            token = missed.Token;
            if (await Event(missed, watch, news, renderer) is { } first)
                yield return first;
        }

        while (await Next(subscription, clock, cancellationToken) is (IsOver: false, var batch))
        {
            if (batch is null)
                yield return new SseItem<string>("", "beat") { EventId = token };
            else if (await Event(batch, watch, news, renderer) is { } item)
                yield return item;
            token = batch?.Token ?? token;
        }
    }

    /// <summary>The next batch, or none after a while of silence, to show that the connection is alive.</summary>
    private static async Task<(bool IsOver, Batch? Batch)> Next(
        Subscription subscription, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(heartbeat, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        try
        {
            return (false, await subscription.Batches.ReadAsync(either.Token));
        }
        catch (OperationCanceledException) when (silence.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return (false, null);
        }
        catch (Exception ended) when (ended is OperationCanceledException or System.Threading.Channels.ChannelClosedException)
        {
            return (true, null);
        }
    }

    private static async Task<Batch?> Missed(ChangeFeed feed, string since, CancellationToken cancellationToken)
    {
        try
        {
            return await feed.Missed(since, cancellationToken);
        }
        catch (Exception failure) when (ApiProblem.Of(failure) is { } problem)
        {
            return problem.Status == StatusCodes.Status400BadRequest
                ? new Batch("", [], null, Complete: false) // no token of the API's: load the page anew
                : null;
        }
    }

    private static async Task<SseItem<string>?> Event(Batch batch, Watch watch, HashSet<Guid> news, RowRenderer renderer)
    {
        var id = batch.Token.Length > 0 ? batch.Token : null;
        if (!batch.Complete)
            return new SseItem<string>("", "stale") { EventId = id };
        if (watch.One is { } one)
            return batch.Changes.Any(change => change.EpisodeId == one) ? new SseItem<string>("", "changed") { EventId = id } : null;

        var html = new StringBuilder();
        foreach (var change in batch.Changes)
        {
            if (watch.Rows.Contains(change.EpisodeId))
                html.Append(change.Row);
            else if (change.CreatedAt > watch.NewerThan && news.Count < Watch.MostNews && news.Add(change.EpisodeId))
                html.Append(await renderer.News(news.Count));
        }

        html.Append(batch.Counts);
        return html.Length == 0 ? null : new SseItem<string>(html.ToString()) { EventId = id };
    }
}
