using System.Net;

namespace Podcast.Ittybit;

/// <summary>The result of a call to Ittybit: a value or a failure.</summary>
public readonly record struct Answer<T>(T? Value, IttybitFailure? Failure);

/// <summary>
/// Calls Ittybit and returns its failures as values. Exceptions that are not Ittybit's, above all our own bugs, are not caught.
/// </summary>
public sealed class IttybitCalls(TimeProvider clock)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <summary>Returns the answer to <paramref name="question"/>, or its failure.</summary>
    public async Task<Answer<T>> Try<T>(Func<CancellationToken, Task<T>> question, CancellationToken cancellationToken)
    {
        try
        {
            return new(await question(cancellationToken), null);
        }
        catch (Exception trouble) when (Classify(trouble, cancellationToken) is { } failure)
        {
            return new(default, failure);
        }
    }

    /// <summary>The failure of a call; null for our own bugs, and for a call that was cancelled.</summary>
    public IttybitFailure? Classify(Exception trouble, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? null : Meaning(IttybitFailure.OfTrouble(trouble, clock));

    /// <summary>
    /// Repeats a question after failures for which <paramref name="mayPass"/>: <paramref name="tries"/> in all, with waits that
    /// begin with <paramref name="wait"/> and grow by <paramref name="factor"/>.
    /// </summary>
    public async Task<Answer<T>> Retry<T>(
        Func<CancellationToken, Task<T>> question, Predicate<IttybitFailure> mayPass, int tries, TimeSpan wait, double factor,
        CancellationToken cancellationToken)
    {
        for (; ; tries--, wait *= factor)
        {
            var answer = await Try(question, cancellationToken);
            if (answer.Failure is not { } failure || !mayPass(failure) || tries <= 1)
                return answer;

            await Task.Delay(wait, clock, cancellationToken);
        }
    }

    /// <summary>True if the same call may succeed later without changes.</summary>
    public static bool IsTransient(IttybitFailure failure) => failure.Kind == IttybitFailureKind.Transient;

    /// <summary>
    /// The time at which Ittybit may be called again after a refusal that blocks its lane, at most <paramref name="longest"/> from
    /// now.
    /// </summary>
    public DateTimeOffset OpenAgain(IttybitFailure failure, TimeSpan longest)
    {
        var wait = failure.RetryAfter is { } asked && asked > Shortest ? asked : Shortest;
        return clock.GetUtcNow() + (wait < longest ? wait : longest);
    }

    /// <summary>
    /// Makes a 403 without <c>Retry-After</c> transient: it concerns this request only, since the throttle sets that header on
    /// every refusal that blocks the lane. Treated as a blocked lane, the request would be deferred without end.
    /// </summary>
    private static IttybitFailure? Meaning(IttybitFailure? failure) =>
        failure is { StatusCode: (int)HttpStatusCode.Forbidden, RetryAfter: null }
            ? failure with { Kind = IttybitFailureKind.Transient }
            : failure;
}
