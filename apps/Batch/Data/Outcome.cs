namespace Podcast.Batch.Data;

/// <summary>How an item ends.</summary>
/// <param name="Cause">A word for counting and for <c>retry --cause</c>; null when it completed.</param>
/// <param name="Error">For people; null when it completed.</param>
internal sealed record Outcome(Uri? Output, string? Cause, string? Error)
{
    public bool IsCompleted => Cause is null;

    public static Outcome Completed(Uri? output) => new(output, null, null);

    public static Outcome Failed(string cause, string error) => new(null, cause, error);
}
