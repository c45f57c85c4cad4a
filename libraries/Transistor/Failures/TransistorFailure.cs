using System.Net;
using Podcast.Throttling;

namespace Podcast.Transistor;

/// <summary>Classifies an exception of an <see cref="ITransistorApi"/> or <see cref="AudioUploader"/> call.</summary>
/// <param name="StatusCode">The HTTP status of the response, if there was one.</param>
/// <param name="Message">For display and logs: never contains the key or the query string of an address.</param>
/// <param name="Advice">What a person or the caller can do, in a sentence.</param>
/// <param name="RetryAfter">How long nothing may be sent; null if unknown.</param>
public sealed record TransistorFailure(
    TransistorFailureKind Kind, int? StatusCode, string Message, string Advice, TimeSpan? RetryAfter = null)
{
    /// <summary>How long a key is blocked after 429 (developers.transistor.fm, "Rate limits"); no header says it.</summary>
    public static readonly TimeSpan BlockTime = TimeSpan.FromSeconds(10);

    private const string Again = "Try again later; look first whether the change was made.";

    public static TransistorFailure Of(Exception exception) => exception switch
    {
        ApiException { StatusCode: >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices } => Unreadable(),
        ApiException refusal => OfRefusal(refusal),
        JsonException => Unreadable(),
        HeldBackException held => new(
            TransistorFailureKind.LaneBlocked, null, held.Message, "Wait, and send nothing meanwhile.", held.RetryAfter),
        HttpRequestException { StatusCode: HttpStatusCode.Forbidden } => new(
            TransistorFailureKind.Transient, 403, "The upload's address is no longer valid.", "Authorize a new upload."),
        HttpRequestException { StatusCode: { } status } => OfUpload((int)status),
        OperationCanceledException { InnerException: TimeoutException } or TimeoutException =>
            Transient("Transistor did not answer in time."),
        OperationCanceledException => Transient("The call to Transistor was interrupted."),
        HttpRequestException unreachable => Transient(Redactor.Line($"Transistor cannot be reached: {unreachable.Message}")),
        IOException => Transient("The connection to Transistor broke."),
        _ => Transient($"The call to Transistor failed: {exception.GetType().Name}."), // our own bug; the type name is for the log
    };

    private static TransistorFailure OfRefusal(ApiException refusal)
    {
        var status = (int)refusal.StatusCode;
        var key = refusal.RequestMessage.Headers.TryGetValues(KeyHandler.Header, out var values) ? values.First() : null;
        var reason = ErrorBody.Read(refusal.Content) is { } words ? $": {Redactor.Line(words, key)}" : ".";
        return status switch
        {
            401 => new(
                TransistorFailureKind.LaneBlocked, status, $"Transistor refused the key (401){reason}",
                "Set TRANSISTOR_API_KEY to the key on Transistor's Account page, API Access."),
            429 => new(
                TransistorFailureKind.LaneBlocked, status, $"Transistor takes no more requests just now (429){reason}",
                "Wait, and send nothing meanwhile.", BlockTime),
            403 => new(
                TransistorFailureKind.Final, status, $"The key's user may not do this (403){reason}",
                "Give that user a role on the show that may, owner or admin."),
            404 => new(
                TransistorFailureKind.Final, status, $"Transistor knows no such show or episode (404){reason}",
                "Check the show's id; the episode may have been deleted in Transistor's dashboard."),
            408 or 425 or >= 500 or < 400 => Transient($"Transistor failed ({status}){reason}") with { StatusCode = status },
            _ => new(
                TransistorFailureKind.Final, status, $"Transistor refused ({status}){reason}", "Correct what it names, and publish again."),
        };
    }

    private static TransistorFailure OfUpload(int status) => status is 408 or 429 or >= 500
        ? Transient($"The upload failed ({status}).") with { StatusCode = status }
        : new(TransistorFailureKind.Final, status, $"The upload was refused ({status}).", "Check that the file has at most 5 GB.");

    private static TransistorFailure Unreadable() => Transient("Transistor's answer cannot be read: it is not the JSON that we expect.");

    private static TransistorFailure Transient(string message) => new(TransistorFailureKind.Transient, null, message, Again);
}

/// <summary>How the caller should react to a failed call.</summary>
public enum TransistorFailureKind
{
    /// <summary>May be retried. What it changes may have been changed, so check before repeating it.</summary>
    Transient,

    /// <summary>The same request will be refused again.</summary>
    Final,

    /// <summary>Transistor accepts no requests with this key at present; this request itself may be valid.</summary>
    LaneBlocked,
}
