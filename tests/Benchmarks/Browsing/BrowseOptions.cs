namespace Podcast.Benchmarks.Browsing;

/// <summary>The options of <c>browse</c>; the command line documents them.</summary>
internal sealed record BrowseOptions
{
    public int Episodes { get; init; } = 100_000;

    public int Requests { get; init; } = 100;

    public int Viewers { get; init; } = 200;

    public int Minutes { get; init; } = 10;

    public int Pace { get; init; } = 5;
}
