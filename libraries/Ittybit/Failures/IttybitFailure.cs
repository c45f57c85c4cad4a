using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.Json;
using Podcast.Ittybit.Dialects;
using Polly;
using Polly.Timeout;
using Refit;

namespace Podcast.Ittybit;

/// <summary>What an exception of an <see cref="IIttybitApi"/> call means.</summary>
/// <param name="StatusCode">Ittybit's, if it answered.</param>
/// <param name="Code">Ittybit's own word for the error, such as <c>request_invalid</c>, if it has one.</param>
/// <param name="Message">For people: never the key, nor a body beyond 300 characters, nor an address's query.</param>
/// <param name="RetryAfter">How long Ittybit asks us to wait, if it does.</param>
public sealed record IttybitFailure(
    IttybitFailureKind Kind, int? StatusCode, string? Code, string Message, TimeSpan? RetryAfter)
{
    /// <summary>Classifies <paramref name="exception"/>; <paramref name="clock"/> turns a date in <c>Retry-After</c> into a wait.</summary>
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
        HttpRequestException unreachable => Transient(Redaction.Clean($"Ittybit cannot be reached: {unreachable.Message}")),
        IOException => Transient("The connection to Ittybit broke."),
        ExecutionRejectedException => Transient("Ittybit is not asked just now."),
        _ => Transient($"The call to Ittybit failed: {exception.GetType().Name}."), // a bug of ours, for logs
    };

    /// <summary>
    /// Whether <paramref name="exception"/> of a call comes from Ittybit or the way to it: a refusal, a failure of the network, a time-out, an
    /// unreadable answer, a call that was held back. All others are bugs of ours, which must not be retried as bad luck.
    /// </summary>
    public static bool IsTrouble(Exception exception) => exception is
        ApiException or HttpRequestException or IOException or TimeoutException or OperationCanceledException
        or ExecutionRejectedException or JsonException or HeldBackException;

    private static IttybitFailure OfRefusal(ApiException refusal, TimeProvider clock)
    {
        var status = (int)refusal.StatusCode;
        var key = refusal.RequestMessage.Headers.Authorization?.Parameter;
        var (code, words) = Words(refusal.Content);
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
            KindOf(status),
            status,
            code,
            words is null ? message + "." : $"{message}: {Redaction.Clean(words, key)}",
            RetryAfterHeader.Read(refusal.Headers, clock));
    }

    private static IttybitFailureKind KindOf(int status) => status switch
    {
        401 or 402 or 403 or 429 => IttybitFailureKind.LaneBlocked,
        408 or 425 or >= 500 or < 400 => IttybitFailureKind.Transient,
        _ => IttybitFailureKind.Final,
    };

    /// <summary>What the body says; a page for browsers says nothing.</summary>
    private static (string? Code, string? Words) Words(string? body)
    {
        if (string.IsNullOrWhiteSpace(body))
            return default;

        try
        {
            using var json = JsonDocument.Parse(body);
            return ErrorReader.Read(json.RootElement.Mended()) is { } error ? (error.Code, error.Message) : default;
        }
        catch (JsonException)
        {
            return body.TrimStart() is ['<', ..] ? default : (null, body);
        }
    }

    private static IttybitFailure Unreadable(Exception? reason) =>
        Transient(Redaction.Clean($"Ittybit's answer cannot be read: {(IsOurs(reason) ? reason.Message : "it is not the JSON that we expect.")}"));

    /// <summary>Whether the message is one of our readers'. System.Text.Json's own name types, and end with a place in the document.</summary>
    private static bool IsOurs([NotNullWhen(true)] Exception? reason) =>
        reason is JsonException json && !json.Message.Contains("| LineNumber:", StringComparison.Ordinal);

    private static IttybitFailure Transient(string message) => new(IttybitFailureKind.Transient, null, null, message, null);
}
