namespace Podcast.Benchmarks.Pipeline;

/// <summary>The options of <c>pipeline</c>; the command line documents them.</summary>
internal sealed record PipelineOptions
{
    public int Episodes { get; init; } = 1_200;

    public int WarmUp { get; init; } = 2_700;

    public int Finished { get; init; }

    public int Concurrency { get; init; } = 40;

    public int Pace { get; init; } = 5;

    public int PacedSeconds { get; init; } = 60;

    public int IdleSeconds { get; init; } = 20;

    public int Statements { get; init; }

    public FileInfo? Json { get; init; }

    public FileInfo? Against { get; init; }
}
