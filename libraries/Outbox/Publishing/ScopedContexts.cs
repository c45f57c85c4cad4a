namespace Podcast.Outbox;

/// <summary>
/// The contexts with an outbox that this scope has created. A process may have several; a message that is published outside of a
/// consumer belongs to the context on which <c>SaveChanges</c> will be called.
/// </summary>
internal sealed class ScopedContexts
{
    private readonly Dictionary<Type, (Func<DbContext> Get, Action Wake)> contexts = [];

    /// <summary>The only context of the scope; null if the scope uses none: the message is then sent without an outbox.</summary>
    /// <exception cref="InvalidOperationException">The scope uses several contexts, so the message cannot be assigned to
    /// one.</exception>
    public DbContext? Single => contexts.Count switch
    {
        0 => null,
        1 => contexts.Values.First().Get(),
        _ => throw new InvalidOperationException(
            $"This scope uses {string.Join(" and ", contexts.Keys.Select(type => type.Name))}: publish in a scope that uses one of them"),
    };

    public void Add<TDbContext>(Func<TDbContext> get, Action wake)
        where TDbContext : DbContext =>
        contexts.TryAdd(typeof(TDbContext), (get, wake));

    /// <summary>Wakes the delivery of all contexts of this scope, because a transaction may have been committed.</summary>
    public void Wake()
    {
        foreach (var (_, wake) in contexts.Values)
            wake();
    }
}
