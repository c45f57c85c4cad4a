namespace Podcast.Processing;

/// <summary>The result of a call to Ittybit: a value or a failure.</summary>
internal readonly record struct Answer<T>(T? Value, IttybitFailure? Failure);

/// <summary>
/// Calls Ittybit and returns its failures as values. Exceptions that are not Ittybit's, above all our own bugs, are not caught.
/// </summary>
internal sealed class IttybitGateway(IOptions<ProcessingOptions> options, TimeProvider clock)
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

    public static bool IsTransient(IttybitFailure failure) => failure.Kind == IttybitFailureKind.Transient;

    /// <summary>The time at which Ittybit may be called again after a refusal that blocks its lane.</summary>
    public DateTimeOffset OpenAgain(IttybitFailure failure)
    {
        var wait = failure.RetryAfter is { } asked && asked > Shortest ? asked : Shortest;
        return clock.GetUtcNow() + (wait < options.Value.LongestWait ? wait : options.Value.LongestWait);
    }

    /// <summary>The exception for an output of whose file Ittybit tells nothing because of <paramref name="failure"/>.</summary>
    public OutputException Unavailable(IttybitFailure failure) => new(
        failure.Message,
        transient: failure.Kind != IttybitFailureKind.Final,
        until: failure.Kind == IttybitFailureKind.LaneBlocked ? OpenAgain(failure) : null);

    /// <summary>
    /// Makes a 403 without <c>Retry-After</c> transient: it concerns this request only, since the throttle sets that header on
    /// every refusal that blocks the lane. Treated as a blocked lane, the request would be deferred without end.
    /// </summary>
    private static IttybitFailure? Meaning(IttybitFailure? failure) =>
        failure is { StatusCode: StatusCodes.Status403Forbidden, RetryAfter: null }
            ? failure with { Kind = IttybitFailureKind.Transient }
            : failure;
}
