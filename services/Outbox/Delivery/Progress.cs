namespace Podcast.Outbox;

/// <summary>What one pass over a table has done.</summary>
/// <param name="IsFull">True when there may be more.</param>
/// <param name="Sent">Messages that the broker has.</param>
/// <param name="Obstacle">Why others could not be sent now, though nothing is wrong with them.</param>
internal readonly record struct Progress(bool IsFull, int Sent, Exception? Obstacle)
{
    public static Progress None => default;

    public static Progress Of(bool isFull, IReadOnlyList<Sent> results) => new(
        isFull, results.Count(result => result.Succeeded), results.FirstOrDefault(result => result.IsPassing).Failure);
}
