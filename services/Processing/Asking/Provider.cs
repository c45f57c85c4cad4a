using System.Text.Json;
using Microsoft.Extensions.Options;
using Podcast.Ittybit.Client;
using Polly;
using Refit;

namespace Podcast.Processing.Asking;

/// <summary>Asks Ittybit, and turns its trouble into an answer. What is not its trouble, our own bugs above all, passes through.</summary>
internal sealed class Provider(IOptions<ProcessingOptions> options, TimeProvider clock)
{
    /// <summary>The answer to <paramref name="question"/>, or how it failed.</summary>
    public async Task<Answer<T>> Ask<T>(Func<CancellationToken, Task<T>> question, CancellationToken cancellationToken)
    {
        try
        {
            return new(await question(cancellationToken), null);
        }
        catch (Exception trouble) when (!cancellationToken.IsCancellationRequested && IsTrouble(trouble))
        {
            return new(default, IttybitFailure.Of(trouble, clock));
        }
    }

    /// <summary>When Ittybit may be asked again after it refused every request.</summary>
    public DateTimeOffset OpenAgain(IttybitFailure failure)
    {
        var wait = failure.RetryAfter
            ?? (failure.StatusCode == StatusCodes.Status429TooManyRequests ? options.Value.WaitWhenTooMany : options.Value.WaitWhenRefused);
        return clock.GetUtcNow() + (wait < options.Value.LongestWait ? wait : options.Value.LongestWait);
    }

    // Refusals, the network's failures, time-outs of any maker, and answers that cannot be read.
    private static bool IsTrouble(Exception exception) => exception is
        ApiException or HttpRequestException or IOException or TimeoutException or OperationCanceledException
        or ExecutionRejectedException or JsonException;
}
