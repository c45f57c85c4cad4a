using System.Threading.Channels;

namespace Podcast.OperatorsConsole.Live;

/// <summary>
/// Asks the API for changes while anybody watches, once for all who watch as the same viewer, and hands them to each. Rows are rendered
/// here, once.
/// </summary>
internal sealed class ChangeFeed(IPodcastApi api, RowRenderer renderer, TimeProvider clock, ILogger<ChangeFeed> logger)
{
    /// <summary>How long a change may take to the page.</summary>
    internal static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private const int Unread = 16; // batches; a viewer that is further behind loads the page anew
    private readonly Lock gate = new();
    private readonly List<Channel<Batch>> watchers = [];
    private readonly Dictionary<Guid, DateTime?> told = [];
    private Task? loop;

    /// <summary>The number of open pages.</summary>
    public int Watching
    {
        get
        {
            lock (gate)
                return watchers.Count;
        }
    }

    /// <summary>All batches from now on. Disposing ends it.</summary>
    public Subscription Subscribe()
    {
        var watcher = Channel.CreateBounded<Batch>(new BoundedChannelOptions(Unread) { FullMode = BoundedChannelFullMode.Wait });
        lock (gate)
        {
            watchers.Add(watcher);
            if (loop is null or { IsCompleted: true })
                loop = Task.Run(Ask);
        }

        return new Subscription(watcher.Reader, () =>
        {
            lock (gate)
                watchers.Remove(watcher);
        });
    }

    /// <summary>What changed since a token, for one page that was away.</summary>
    public async Task<Batch> Missed(string after, CancellationToken cancellationToken)
    {
        var missed = await api.Changes(after, cancellationToken);
        var counts = missed.Episodes.Count == 0 ? null : await Counts(cancellationToken);
        return new Batch(missed.Token, await Rows(missed.Episodes), counts, Complete: !missed.More);
    }

    private async Task Ask()
    {
        string? token = null;
        while (true)
        {
            try
            {
                var answer = await api.Changes(token);
                token = answer.Token;
                if (answer.Episodes.Where(IsNews).ToList() is { Count: > 0 } news)
                    Tell(new Batch(token, await Rows(news), await Counts(CancellationToken.None)));
            }
            catch (Exception failure) // whatever it is, those who watch are told of what comes after it
            {
                logger.ChangesUnknown(ApiProblem.Of(failure)?.Status, failure.GetBaseException().GetType().Name);
            }

            await Task.Delay(Every, clock);
            lock (gate)
            {
                if (watchers.Count > 0)
                    continue;
                loop = null;
                told.Clear();
                return;
            }
        }
    }

    /// <summary>The API tells the newest changes more than once.</summary>
    private bool IsNews(Episode episode)
    {
        if (told.TryGetValue(episode.Id, out var at) && at == episode.ChangedAt)
            return false;
        if (told.Count > 10_000)
            told.Clear();
        told[episode.Id] = episode.ChangedAt;
        return true;
    }

    private async Task<IReadOnlyList<Change>> Rows(IReadOnlyList<Episode> episodes)
    {
        var rows = new List<Change>(episodes.Count);
        foreach (var episode in episodes)
            rows.Add(new Change(episode.Id, episode.CreatedAt, await renderer.Row(episode)));
        return rows;
    }

    private async Task<string> Counts(CancellationToken cancellationToken) =>
        await renderer.Counts(await api.Counts(null, cancellationToken));

    private void Tell(Batch batch)
    {
        lock (gate)
        {
            foreach (var watcher in watchers.Where(watcher => !watcher.Writer.TryWrite(batch)))
                watcher.Writer.TryComplete(); // it connects again, and asks for what it missed
        }
    }
}

/// <summary>A watcher's part of a feed.</summary>
internal sealed record Subscription(ChannelReader<Batch> Batches, Action End) : IDisposable
{
    public void Dispose() => End();
}
