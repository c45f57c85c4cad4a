using System.Collections;
using System.Runtime.CompilerServices;

namespace Podcast.Ittybit;

/// <summary>A page of a list: the elements that can be read. One that cannot be read costs nobody the others.</summary>
[CollectionBuilder(typeof(IttybitPage), nameof(IttybitPage.Of))]
public sealed class IttybitPage<T>(IReadOnlyList<T> items) : IReadOnlyList<T>
{
    /// <summary>
    /// How many elements the server sent, of whatever kind. Only a page without any is the end of a list: one on which none can be read
    /// has others behind it.
    /// </summary>
    public int Sent { get; init; } = items.Count;

    /// <summary>
    /// What cannot be read but carries a label or a callback, and so may be what somebody looks for. Its id may be empty, and its status
    /// may be <c>unknown</c>.
    /// </summary>
    public IReadOnlyList<T> Doubtful { get; init; } = [];

    /// <summary>
    /// True when the server sent elements and it cannot be told of any what it is, as where the list has another shape: whatever somebody
    /// looks for may be among them.
    /// </summary>
    public bool IsUnreadable { get; init; }

    public int Count => items.Count;

    public T this[int index] => items[index];

    public IEnumerator<T> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Makes pages of which every element can be read.</summary>
public static class IttybitPage
{
    public static IttybitPage<T> Of<T>(ReadOnlySpan<T> items) => new(items.ToArray());
}
