using System.Net;
using Podcast.Throttling;

namespace Podcast.Batch.Sending;

/// <summary>
/// Below the client's retries: every single request takes a token, every answer tells the pace and the patience.
/// </summary>
internal sealed class RateLimitHandler(AdaptiveRateLimiter rateLimiter, FailureBudget failureBudget, Stop stop, TimeProvider clock) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stop.Token);
        try
        {
            await rateLimiter.Take(leave.Token);
        }
        catch (OperationCanceledException)
        {
            throw new NotSentException();
        }

        var response = await base.SendAsync(request, cancellationToken);
        failureBudget.RecordAnswer();
        if (response.StatusCode == HttpStatusCode.TooManyRequests || (!response.IsSuccessStatusCode && response.Headers.RetryAfter is not null))
            rateLimiter.Slow(RetryAfterHeader.Read(response.Headers, clock));
        else if (response.IsSuccessStatusCode)
            rateLimiter.Recover();
        return response;
    }
}
