using Microsoft.Extensions.Options;
using Podcast.Ittybit;

namespace Podcast.Processing.Asking;

/// <summary>
/// Asks Ittybit, and turns its trouble into an answer. What is not its trouble, our own bugs above all, passes through.
/// </summary>
internal sealed class IttybitGateway(IOptions<ProcessingOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <summary>The answer to <paramref name="question"/>, or how it failed.</summary>
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

    /// <summary>
    /// When Ittybit may be asked again after it, or its lane, refused: the lane says so of every refusal of its own.
    /// </summary>
    public DateTimeOffset OpenAgain(IttybitFailure failure)
    {
        var wait = failure.RetryAfter is { } asked && asked > Shortest ? asked : Shortest;
        return clock.GetUtcNow() + (wait < options.Value.LongestWait ? wait : options.Value.LongestWait);
    }

    /// <summary>
    /// A 403 that comes without a time to come again is not the lane's: it is about this request, and counts like any other
    /// refusal, or it
    /// would be put off for ever.
    /// </summary>
    private static IttybitFailure Meaning(IttybitFailure failure) =>
        failure is { StatusCode: StatusCodes.Status403Forbidden, RetryAfter: null }
            ? failure with { Kind = IttybitFailureKind.Transient }
            : failure;
}
