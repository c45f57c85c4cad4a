namespace Podcast.Processing.Asking;

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
        catch (Exception trouble) when (!cancellationToken.IsCancellationRequested && IttybitFailure.IsTrouble(trouble))
        {
            return new(default, Meaning(IttybitFailure.Of(trouble, clock)));
        }
    }

    /// <summary>The time at which Ittybit may be called again after a refusal that blocks its lane.</summary>
    public DateTimeOffset OpenAgain(IttybitFailure failure)
    {
        var wait = failure.RetryAfter is { } asked && asked > Shortest ? asked : Shortest;
        return clock.GetUtcNow() + (wait < options.Value.LongestWait ? wait : options.Value.LongestWait);
    }

    /// <summary>
    /// Makes a 403 without <c>Retry-After</c> transient: it concerns this request only, since the throttle sets that header on
    /// every refusal that blocks the lane. Treated as a blocked lane, the request would be deferred without end.
    /// </summary>
    private static IttybitFailure Meaning(IttybitFailure failure) =>
        failure is { StatusCode: StatusCodes.Status403Forbidden, RetryAfter: null }
            ? failure with { Kind = IttybitFailureKind.Transient }
            : failure;
}
