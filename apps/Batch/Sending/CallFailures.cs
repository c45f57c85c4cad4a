using System.Text.Json;
using Podcast.Batch.Data;
using Podcast.Ittybit;
using Polly.Timeout;
using Refit;

namespace Podcast.Batch.Sending;

/// <summary>Tells what Ittybit and the way to it did to a call from what is wrong with us: that must not pass as bad luck.</summary>
internal static class CallFailures
{
    /// <summary>What the failure means; null where it is none of a call's.</summary>
    public static IttybitFailure? Of(Exception exception, TimeProvider clock)
    {
        if (exception is not (ApiException or HttpRequestException or TimeoutRejectedException or TimeoutException
            or JsonException or OperationCanceledException or IOException))
            return null;

        var failure = IttybitFailure.Of(exception, clock);

        // What .NET says of TLS is to see the inner exception.
        return exception is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError }
            ? failure with { Message = $"Ittybit cannot be reached: {Databases.Reason(exception)}" }
            : failure;
    }
}
