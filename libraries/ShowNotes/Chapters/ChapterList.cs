namespace Podcast.ShowNotes;

/// <summary>A chapter that every platform takes.</summary>
/// <param name="Start">In whole seconds, because stamps in a description have no fractions.</param>
/// <param name="End">The start of the next chapter, or the end of the episode.</param>
/// <param name="Title">One line of at most <see cref="ChapterCompiler.LongestTitle"/> characters, without &lt; and &gt;.</param>
public sealed record ChapterMark(TimeSpan Start, TimeSpan End, string Title);

/// <summary>The one list of chapters of an episode for all platforms, made by <see cref="ChapterCompiler"/>.</summary>
/// <param name="Marks">In order of time; the first begins at 0:00. Empty if the episode goes out without chapters.</param>
/// <param name="Repairs">What was changed to satisfy the platforms, a sentence for people each.</param>
/// <param name="LeftOut">The rule that could not be satisfied, for people; null if there are marks.</param>
public sealed record ChapterList(IReadOnlyList<ChapterMark> Marks, IReadOnlyList<string> Repairs, string? LeftOut);
