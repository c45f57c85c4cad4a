namespace Podcast.Batch.Sending;

/// <summary>Classifies a failed call. Returns null for our own bugs, which must not be retried.</summary>
internal static class CallFailures
{
    /// <summary>What the failure means; null where it is none of a call's.</summary>
    public static IttybitFailure? Of(Exception exception, TimeProvider clock)
    {
        if (!IttybitFailure.IsTrouble(exception))
            return null;

        var failure = IttybitFailure.Of(exception, clock);

        // What .NET says of TLS is to see the inner exception.
        return exception is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError }
            ? failure with { Message = $"Ittybit cannot be reached: {Databases.Reason(exception)}" }
            : failure;
    }
}
