namespace Podcast.Outbox;

/// <summary>What one pass over a table has done.</summary>
/// <param name="IsFull">True when there may be more.</param>
/// <param name="Sent">Messages that the broker has.</param>
/// <param name="Waiting">What could not be sent now, though nothing is wrong with it.</param>
internal readonly record struct Progress(bool IsFull, int Sent, IReadOnlyList<Sent> Waiting)
{
    public static Progress None { get; } = new(false, 0, []);

    /// <summary>Why they wait.</summary>
    public Exception? Obstacle => Waiting.Count == 0 ? null : Waiting[0].Failure;

    public static Progress Of(bool isFull, IReadOnlyList<Sent> results) => new(
        isFull, results.Count(result => result.Succeeded), [.. results.Where(result => result.IsPassing)]);
}
