using System.Collections;
using System.Runtime.CompilerServices;

namespace Podcast.Ittybit;

/// <summary>A page of a list with the elements that could be read; one unreadable element does not fail the page.</summary>
[CollectionBuilder(typeof(IttybitPage), nameof(IttybitPage.Of))]
public sealed class IttybitPage<T>(IReadOnlyList<T> items) : IReadOnlyList<T>
{
    /// <summary>
    /// The number of elements that the server sent. Only a page with 0 is the end of the list: a page without readable elements
    /// may be followed by others.
    /// </summary>
    public int Sent { get; init; } = items.Count;

    /// <summary>
    /// Elements that could not be read but have a label or a callback, so that they may belong to one of our requests. Their id
    /// may be empty, and their status may be <c>unknown</c>.
    /// </summary>
    public IReadOnlyList<T> Doubtful { get; init; } = [];

    /// <summary>
    /// True if the server sent elements and none could be interpreted, for example because the list has another format: any
    /// searched element may be among them.
    /// </summary>
    public bool IsUnreadable { get; init; }

    public int Count => items.Count;

    public T this[int index] => items[index];

    public IEnumerator<T> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Creates pages for collection expressions; all elements count as readable.</summary>
public static class IttybitPage
{
    public static IttybitPage<T> Of<T>(ReadOnlySpan<T> items) => new(items.ToArray());
}
