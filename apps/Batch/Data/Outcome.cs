namespace Podcast.Batch.Data;

/// <summary>The outcome of an item.</summary>
/// <param name="Cause">One of <see cref="FailureCauses"/> or an Ittybit error code, for counting and for <c>retry --cause</c>;
/// null if the item completed.</param>
/// <param name="Error">The message for users; null if the item completed.</param>
internal sealed record Outcome(Uri? Output, string? Cause, string? Error)
{
    public bool IsCompleted => Cause is null;

    public static Outcome Completed(Uri? output) => new(output, null, null);

    public static Outcome Failed(string cause, string error) => new(null, cause, error);
}
