namespace Podcast.Publishing.Channels;

/// <summary>Ends what takes too long as a failure that may pass: a server that never answers would keep its place in the queue.</summary>
internal static class TimeLimit
{
    /// <param name="what">What took too long, at the beginning of a sentence for people.</param>
    /// <exception cref="StepException">It took longer than <paramref name="longest"/>.</exception>
    public static async Task<T> Limit<T>(
        this TimeProvider clock, TimeSpan longest, string what, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await call(either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw StepException.Failed($"{what} took longer than {longest.TotalSeconds} s.");
        }
    }
}
