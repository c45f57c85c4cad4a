namespace Podcast.Benchmarks.Uploads;

/// <summary>The options of <c>publish</c>; the command line documents them.</summary>
internal sealed record UploadOptions
{
    public int Megabytes { get; init; } = 2048;

    public int? ChunkSize { get; init; }

    public int MostMegabytes { get; init; } = 120;
}
