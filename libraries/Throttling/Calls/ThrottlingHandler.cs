using System.Net;
using System.Net.Http.Headers;

namespace Podcast.Throttling.Calls;

/// <summary>
/// Takes a permit for every request, including retries, and passes the response to <see cref="ResponseObserver"/>. If a response
/// closes the lane, adds <c>Retry-After</c> to it.
/// </summary>
internal sealed class ThrottlingHandler(ProviderThrottle lane, string httpClientName, IHttpClientFactory clients, TimeProvider clock)
    : DelegatingHandler
{
    // Not read at once: the factory creates this handler while it creates the client.
    private readonly Lazy<string> basePath = new(() => clients.CreateClient(httpClientName).BaseAddress?.AbsolutePath.TrimEnd('/') ?? "");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var permit = await lane.Permits.Acquire(KindOf(request), cancellationToken);
        using var call = lane.Permits.Start();
        var response = await base.SendAsync(request, cancellationToken);
        call.RecordAnswer();
        if (await Observe(permit, call.Sent, response) is { } pause && response.Headers.RetryAfter is null)
            response.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(Math.Ceiling(pause.TotalSeconds)));
        return response;
    }

    /// <summary>See <see cref="Permit.Kind"/>.</summary>
    private string KindOf(HttpRequestMessage request)
    {
        var path = request.RequestUri!.AbsolutePath;
        if (path.StartsWith(basePath.Value, StringComparison.Ordinal))
            path = path[basePath.Value.Length..];
        return $"{request.Method} /{path.Trim('/').Split('/')[0]}";
    }

    private async Task<TimeSpan?> Observe(Permit permit, long sent, HttpResponseMessage response)
    {
        var wait = RetryAfterHeader.Read(response.Headers, clock);
        switch (response.StatusCode)
        {
            case HttpStatusCode.TooManyRequests:
            case HttpStatusCode.ServiceUnavailable when wait is not null:
                return await lane.Responses.TooMany(sent, (int)response.StatusCode, wait);

            case HttpStatusCode.Unauthorized or HttpStatusCode.PaymentRequired or HttpStatusCode.Forbidden:
                return await lane.Responses.Refused(permit, sent, (int)response.StatusCode);

            case HttpStatusCode.RequestTimeout or (HttpStatusCode)425 or >= HttpStatusCode.InternalServerError:
                return null; // these do not show whether key and payment are valid

            default:
                await lane.Responses.Passed(permit);
                return null;
        }
    }
}
