using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Podcast.Throttling;

/// <summary>
/// All lanes of the database: those of this process, and those in which only other services call. The latter can be read and
/// resumed like ours; their callers hear of it within a second, since they share the row.
/// </summary>
public sealed class LaneDirectory(IReadOnlyList<ProviderThrottle> ours, IServiceScopeFactory scopes, IServiceProvider services)
    : IDisposable
{
    private readonly ConcurrentDictionary<(string Name, double Rate), ProviderThrottle> others = new();

    /// <summary>The lanes by their names.</summary>
    public async Task<IReadOnlyList<ProviderThrottle>> All(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var rows = await scope.ServiceProvider.GetRequiredService<LanesDb>().Lanes
            .Select(lane => new { lane.Name, lane.FullRate }).ToListAsync(cancellationToken);
        return
        [
            .. rows.Where(row => ours.All(lane => lane.Name != row.Name)).Select(row => Other(row.Name, row.FullRate))
                .Concat(ours).OrderBy(lane => lane.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>Null if nobody calls in such a lane.</summary>
    public async Task<ProviderThrottle?> Find(string name, CancellationToken cancellationToken) =>
        ours.FirstOrDefault(lane => lane.Name == name)
            ?? (await All(cancellationToken)).FirstOrDefault(lane => lane.Name == name);

    /// <summary>Releases the lanes of others; those of this process are their own.</summary>
    public void Dispose()
    {
        foreach (var lane in others.Values)
            lane.Dispose();
    }

    private ProviderThrottle Other(string name, double? rate)
    {
        var options = new ThrottleOptions();
        options.Rate = rate ?? options.Rate;
        return others.GetOrAdd((name, options.Rate), _ => new ProviderThrottle(name, options, services));
    }
}
