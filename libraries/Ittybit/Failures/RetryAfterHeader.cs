using System.Net.Http.Headers;

namespace Podcast.Ittybit;

/// <summary><c>Retry-After</c>, in seconds or as a date.</summary>
public static class RetryAfterHeader
{
    /// <summary>The wait from now on, never negative; null where the header is absent or makes no sense.</summary>
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
