using Microsoft.EntityFrameworkCore;

namespace Podcast.Outbox;

/// <summary>
/// Which contexts with an outbox this scope has made: in one process there may be several, and a message published outside of a consumer
/// belongs to the one whose <c>SaveChanges</c> will be called.
/// </summary>
internal sealed class ScopedContexts
{
    private readonly Dictionary<Type, (Func<DbContext> Get, Action Wake)> contexts = [];

    /// <summary>Null when there is none, so that nobody will save: the message goes straight to the bus.</summary>
    /// <exception cref="InvalidOperationException">There are two, and no way to tell.</exception>
    public DbContext? Single => contexts.Count switch
    {
        0 => null,
        1 => contexts.Values.First().Get(),
        _ => throw new InvalidOperationException(
            $"This scope uses {string.Join(" and ", contexts.Keys.Select(type => type.Name))}: publish in a scope that uses one of them"),
    };

    public void Add<TDbContext>(Func<DbContext> get, AsyncAutoResetEvent<TDbContext> latch)
        where TDbContext : DbContext =>
        contexts.TryAdd(typeof(TDbContext), (get, latch.Wake));

    /// <summary>Something of this scope may have been committed.</summary>
    public void Wake()
    {
        foreach (var (_, wake) in contexts.Values)
            wake();
    }
}
