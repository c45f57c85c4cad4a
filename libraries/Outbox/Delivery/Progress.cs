namespace Podcast.Outbox;

/// <summary>The result of sending one batch of a table.</summary>
/// <param name="IsFull">True if the batch was full, so that there may be more rows.</param>
/// <param name="Sent">The number of messages that the broker has confirmed.</param>
/// <param name="Waiting">Messages that failed for a transient reason.</param>
internal readonly record struct Progress(bool IsFull, int Sent, IReadOnlyList<Sent> Waiting)
{
    public static Progress None { get; } = new(false, 0, []);

    /// <summary>The failure of the first waiting message.</summary>
    public Exception? Obstacle => Waiting.Count == 0 ? null : Waiting[0].Failure;

    public static Progress Of(bool isFull, IReadOnlyList<Sent> results) => new(
        isFull, results.Count(result => result.Succeeded), [.. results.Where(result => result.IsPassing)]);
}
