using System.Net;
using Polly;
using Polly.Timeout;

namespace Podcast.Ittybit.Resilience;

/// <summary>When a request may be repeated.</summary>
internal static class Safe
{
    /// <summary>A POST makes something, but for a signature: that is only computed.</summary>
    public static bool MakesSomething(HttpRequestMessage request) =>
        request.Method == HttpMethod.Post
        && request.RequestUri?.AbsolutePath.EndsWith("/signatures", StringComparison.Ordinal) != true;

    /// <summary>Whatever may pass by itself, where a second time changes nothing.</summary>
    public static bool ToAskAgain(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Result.StatusCode: HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError } =>
            true,
        { Exception: HttpRequestException { HttpRequestError: not HttpRequestError.ConfigurationLimitExceeded } } => true,
        { Exception: TimeoutRejectedException } => true,
        _ => false,
    };

    /// <summary>
    /// Only what Ittybit surely did not accept: it said so, or the request never left. After a time-out, a reset or a 5xx nobody
    /// knows, and a repetition could make, and cost, a second one.
    /// </summary>
    public static bool ToCreateAgain(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Result.StatusCode: HttpStatusCode.TooManyRequests } => true,
        {
            Exception: HttpRequestException
            {
                HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                    or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
            },
        } => true,
        _ => false,
    };
}
