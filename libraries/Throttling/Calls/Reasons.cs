using Microsoft.AspNetCore.Http;

namespace Podcast.Throttling.Calls;

/// <summary>Sentences for display that say why calls wait. They contain no secrets.</summary>
internal sealed class Reasons(string provider)
{
    private readonly string title = char.ToUpperInvariant(provider[0]) + provider[1..];

    public string Unreadable => $"Calls to {title} wait: our own record of them cannot be read.";

    public string TooMany(int statusCode, TimeSpan? wait) => wait is null
        ? $"{title} takes no more calls just now ({statusCode})."
        : $"{title} takes no more calls for {wait.Value.TotalSeconds:0.#} s ({statusCode}).";

    public string Refused(int statusCode) => statusCode == StatusCodes.Status402PaymentRequired
        ? $"{title} asks for payment ({statusCode})."
        : $"{title} does not accept our key ({statusCode}).";

    public string Closed(DateTimeOffset? until) => $"{title} is not called before {until:HH:mm:ss} UTC.";

    public string Busy(TimeSpan longestWait) => $"More calls to {title} wait than may be made in {longestWait.TotalSeconds:0} s.";
}
