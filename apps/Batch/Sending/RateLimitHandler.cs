using System.Net;
using Podcast.Throttling;

namespace Podcast.Batch.Sending;

/// <summary>Below the client's retries: every request waits for its turn, every answer tells limiter and budget.</summary>
internal sealed class RateLimitHandler(AdaptiveRateLimiter rateLimiter, FailureBudget failureBudget, Stop stop, TimeProvider clock)
    : DelegatingHandler
{
    /// <exception cref="HeldBackException">The run ends; the request was not sent.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await rateLimiter.Take(stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (stop.IsRequested)
            throw new HeldBackException("The run ends; the request was not sent.", TimeSpan.Zero);

        var response = await base.SendAsync(request, cancellationToken);
        failureBudget.RecordAnswer();
        if (response.IsSuccessStatusCode)
            rateLimiter.Recover();
        else if (response.StatusCode == HttpStatusCode.TooManyRequests || response.Headers.RetryAfter is not null)
            rateLimiter.Slow(RetryAfterHeader.Read(response.Headers, clock));
        return response;
    }
}
