using System.Net.Http.Headers;

namespace Podcast.Throttling;

/// <summary>Reads <c>Retry-After</c>, which contains seconds or a date.</summary>
public static class RetryAfterHeader
{
    /// <summary>The wait from now, never negative; null if the header is absent or invalid.</summary>
    public static TimeSpan? Read(HttpResponseHeaders headers, TimeProvider clock)
    {
        var wait = headers.RetryAfter switch
        {
            { Delta: { } seconds } => seconds,
            { Date: { } date } => date - clock.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
