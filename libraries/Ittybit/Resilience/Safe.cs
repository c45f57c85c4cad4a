using System.Net;
using Polly.Timeout;

namespace Podcast.Ittybit.Resilience;

/// <summary>Decides when a request may be repeated.</summary>
internal static class Safe
{
    /// <summary>True for a POST, except for signatures: those are only computed, not stored.</summary>
    public static bool MakesSomething(HttpRequestMessage request) =>
        request.Method == HttpMethod.Post
        && request.RequestUri?.AbsolutePath.EndsWith("/signatures", StringComparison.Ordinal) != true;

    /// <summary>For idempotent requests: true for every failure that may be transient.</summary>
    public static bool ToAskAgain(Outcome<HttpResponseMessage> outcome) =>
        outcome.Result?.StatusCode is
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
        || outcome.Exception is TimeoutRejectedException
            or HttpRequestException { HttpRequestError: not HttpRequestError.ConfigurationLimitExceeded };

    /// <summary>
    /// For requests that create something: true only if Ittybit certainly did not accept the request, because it said so or the
    /// request was never sent. After a timeout, a reset or a 5xx the result is unknown, and a retry could create, and cost, a
    /// second task.
    /// </summary>
    public static bool ToCreateAgain(Outcome<HttpResponseMessage> outcome) =>
        outcome.Result?.StatusCode == HttpStatusCode.TooManyRequests || IsUnsent(outcome.Exception);

    /// <summary>True if no connection was made, so that the request cannot have reached Ittybit.</summary>
    public static bool IsUnsent(Exception? exception) => exception is HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
    };
}
