namespace Podcast.Ittybit.Client;

/// <summary>What an exception of an <see cref="IIttybitApi"/> call means.</summary>
/// <param name="StatusCode">Ittybit's, if it answered.</param>
/// <param name="Code">Ittybit's own word for the error, such as <c>request_invalid</c>, if it has one.</param>
/// <param name="Message">For people: never the key, nor a body beyond 300 characters, nor an address's query.</param>
/// <param name="RetryAfter">How long Ittybit asks us to wait, if it does.</param>
public sealed record IttybitFailure(
    IttybitFailureKind Kind, int? StatusCode, string? Code, string Message, TimeSpan? RetryAfter)
{
    /// <summary>Classifies <paramref name="exception"/>; <paramref name="clock"/> turns a date in <c>Retry-After</c> into a wait.</summary>
    public static IttybitFailure Of(Exception exception, TimeProvider clock) => throw new NotImplementedException();
}
