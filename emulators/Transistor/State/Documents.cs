using System.Collections.Concurrent;

namespace Podcast.Emulators.Transistor;

/// <summary>All documents of one type, by id: in memory for reading, written through to the state file.</summary>
internal sealed class Documents<T>
    where T : class
{
    private readonly TransistorState state;
    private readonly ConcurrentDictionary<string, T> all;
    private long lastId;

    public Documents(TransistorState state)
    {
        this.state = state;
        all = new(state.Load(typeof(T).Name).Select(row => KeyValuePair.Create(row.Id, JsonSerializer.Deserialize<T>(row.Body)!)));
        lastId = all.Keys.Select(id => long.TryParse(id, out var number) ? number : 0).Append(1_000_000).Max();
    }

    /// <summary>Held while a document is read, changed and saved.</summary>
    public Lock Gate { get; } = new();

    public ICollection<T> All => all.Values;

    public T? Find(string id) => all.GetValueOrDefault(id);

    /// <summary>A new id: a number, as text.</summary>
    public string NextId() => Interlocked.Increment(ref lastId).ToString(CultureInfo.InvariantCulture);

    public T Save(string id, T document)
    {
        state.Save(typeof(T).Name, id, JsonSerializer.Serialize(document));
        return all[id] = document;
    }

    public bool Remove(string id)
    {
        state.Save(typeof(T).Name, id, null);
        return all.TryRemove(id, out _);
    }
}
