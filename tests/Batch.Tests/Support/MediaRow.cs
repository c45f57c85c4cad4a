namespace Podcast.Batch.Tests.Support;

/// <summary>A row of the table under test, by the tutorial's names.</summary>
public sealed record MediaRow
{
    public long Id { get; init; }

    public string? Url { get; init; }

    public string? IttybitTaskId { get; init; }

    public string ProcessingStatus { get; init; } = "";

    public string? OutputUrl { get; init; }

    public object? ProcessedAt { get; init; }

    public object? UpdatedAt { get; init; }
}
