using System.Collections.Concurrent;

namespace Podcast.OperatorsConsole.Live;

/// <summary>The feeds of this process, one for each viewer; any number of pages shares one.</summary>
internal sealed class ChangeFeeds(PodcastApis apis, RowRenderer renderer, TimeProvider clock, ILoggerFactory loggers)
{
    private const int Most = 1000;
    private readonly ConcurrentDictionary<string, ChangeFeed> feeds = new();

    public ChangeFeed Of(Viewer viewer)
    {
        if (feeds.Count > Most) // tokens change; those whom nobody uses any more go
            foreach (var idle in feeds.Where(feed => feed.Value.Watching == 0))
                feeds.TryRemove(idle);
        return feeds.GetOrAdd(viewer.Key, _ => new ChangeFeed(apis.For(viewer), renderer, clock, loggers.CreateLogger<ChangeFeed>()));
    }
}
