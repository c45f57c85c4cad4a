using System.Diagnostics.CodeAnalysis;
using System.Net;
using Podcast.Ittybit.Dialects;
using Podcast.Ittybit.Resilience;
using Podcast.Throttling;
using Polly.Timeout;
using Refit;

namespace Podcast.Ittybit;

/// <summary>Classifies an exception of an <see cref="IIttybitApi"/> call.</summary>
/// <param name="StatusCode">The HTTP status of Ittybit's response, if there was one.</param>
/// <param name="Code">Ittybit's code for the error, such as <c>request_invalid</c>, if it sent one.</param>
/// <param name="Message">For display and logs: never contains the key, more than 300 characters of a body, or the query string of
/// an address.</param>
/// <param name="RetryAfter">The wait that Ittybit or the throttle asks for; null if none.</param>
public sealed record IttybitFailure(
    IttybitFailureKind Kind, int? StatusCode, string? Code, string Message, TimeSpan? RetryAfter)
{
    /// <summary>True if no connection was made, so that the request cannot have reached Ittybit.</summary>
    public bool IsUnsent { get; init; }

    /// <summary>True if the body is an error as Ittybit writes it. A page of a proxy, for one, is not.</summary>
    public bool IsIttybits { get; init; }

    /// <summary>
    /// Classifies <paramref name="exception"/>; <paramref name="clock"/> turns a date in <c>Retry-After</c> into a wait.
    /// </summary>
    public static IttybitFailure Of(Exception exception, TimeProvider clock) => exception switch
    {
        ApiException { StatusCode: >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices } success =>
            Unreadable(success.InnerException) with { StatusCode = (int)success.StatusCode },
        ApiException refusal => OfRefusal(refusal, clock),
        JsonException => Unreadable(exception),
        HeldBackException held => new(IttybitFailureKind.LaneBlocked, null, null, held.Message, held.RetryAfter),
        TimeoutRejectedException or TimeoutException or OperationCanceledException { InnerException: TimeoutException } =>
            Transient("Ittybit did not answer in time."),
        OperationCanceledException => Transient("The call to Ittybit was interrupted."),
        // Of TLS .NET says only that the inner exception is to be seen.
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } tls => Unreachable(tls, tls.GetBaseException()),
        HttpRequestException unreachable => Unreachable(unreachable, unreachable),
        IOException => Transient("The connection to Ittybit broke."),
        ExecutionRejectedException => Transient("Ittybit is not asked just now."),
        _ => Transient($"The call to Ittybit failed: {exception.GetType().Name}."), // our own bug; the type name is for the log
    };

    /// <summary>
    /// Classifies an exception that comes from Ittybit or the way to it; null for all others. These are bugs of ours, which must not
    /// be retried as bad luck, or another's: the HTTP client and the throttle wrap their time-outs, but the database may not.
    /// </summary>
    public static IttybitFailure? OfTrouble(Exception exception, TimeProvider clock) => exception is
        ApiException or HttpRequestException or IOException or OperationCanceledException or ExecutionRejectedException or JsonException
        or HeldBackException ? Of(exception, clock) : null;

    private static IttybitFailure OfRefusal(ApiException refusal, TimeProvider clock)
    {
        var status = (int)refusal.StatusCode;
        var key = refusal.RequestMessage.Headers.Authorization?.Parameter;
        var (code, words, isIttybits) = Words(refusal.Content);
        var about = code is null ? $"{status}" : $"{status} {code}";
        var message = status switch
        {
            429 => $"Ittybit takes no more requests just now ({about})",
            401 or 403 => $"Ittybit does not accept our key ({about})",
            402 => $"Ittybit asks for payment ({about})",
            >= 500 => $"Ittybit failed ({about})",
            < 400 => $"Ittybit redirects, which is not followed ({about})",
            _ => $"Ittybit refused ({about})",
        };

        return new IttybitFailure(
            IsElsewhere(refusal, isIttybits) ? IttybitFailureKind.Transient : KindOf(status),
            status,
            code,
            words is null ? message + "." : $"{message}: {Redactor.Line(words, key)}",
            RetryAfterHeader.Read(refusal.Headers, clock))
        { IsIttybits = isIttybits };
    }

    /// <summary>
    /// True for a creation that has not come to Ittybit, but to a proxy during a deployment, or to a wrong path: Ittybit takes POST
    /// there, and says in its own words that a file is missing.
    /// </summary>
    private static bool IsElsewhere(ApiException refusal, bool isIttybits) => refusal.HttpMethod == HttpMethod.Post
        && (refusal.StatusCode is HttpStatusCode.MethodNotAllowed
            || (refusal.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone && !isIttybits));

    private static IttybitFailureKind KindOf(int status) => status switch
    {
        401 or 402 or 403 or 429 => IttybitFailureKind.LaneBlocked,
        408 or 425 or >= 500 or < 400 => IttybitFailureKind.Transient,
        _ => IttybitFailureKind.Final,
    };

    /// <summary>The error code and message in the body; nothing for an HTML page. And whether their form is Ittybit's.</summary>
    private static (string? Code, string? Words, bool IsIttybits) Words(string? body)
    {
        if (string.IsNullOrWhiteSpace(body))
            return default;

        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement.Mended();
            return ErrorReader.Read(root) is { } error
                ? (error.Code, error.Message, error.Code is not null || root.Member("error") is not null)
                : default;
        }
        catch (JsonException)
        {
            return body.TrimStart() is ['<', ..] ? default : (null, body, false);
        }
    }

    private static IttybitFailure Unreachable(HttpRequestException exception, Exception cause) =>
        Transient(Redactor.Line($"Ittybit cannot be reached: {cause.Message}")) with { IsUnsent = Safe.IsUnsent(exception) };

    private static IttybitFailure Unreadable(Exception? reason) =>
        Transient(Redactor.Line(
            $"Ittybit's answer cannot be read: {(IsOurs(reason) ? reason.Message : "it is not the JSON that we expect.")}"));

    /// <summary>
    /// True if the message comes from one of our readers. System.Text.Json's own messages contain type names and end with a
    /// position in the document.
    /// </summary>
    private static bool IsOurs([NotNullWhen(true)] Exception? reason) =>
        reason is JsonException json && !json.Message.Contains("| LineNumber:", StringComparison.Ordinal);

    private static IttybitFailure Transient(string message) => new(IttybitFailureKind.Transient, null, null, message, null);
}

/// <summary>How the caller should react to a failed call.</summary>
public enum IttybitFailureKind
{
    /// <summary>May be retried. A request that creates something may have been accepted, so check before repeating it.</summary>
    Transient,

    /// <summary>The same request will be refused again.</summary>
    Final,

    /// <summary>
    /// Ittybit accepts no requests at present (rate limit, payment, invalid key); this request itself may be valid.
    /// </summary>
    LaneBlocked,
}
