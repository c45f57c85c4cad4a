using System.Net.Http.Headers;

namespace Podcast.Throttling.Calls;

/// <summary>
/// Takes a permit for every request, including retries, and passes the response to <see cref="ResponseObserver"/>. If a response
/// closes the lane, adds <c>Retry-After</c> to it.
/// </summary>
internal sealed class ThrottlingHandler(ProviderThrottle lane, string httpClientName, IHttpClientFactory clients) : DelegatingHandler
{
    // Not read at once: the factory creates this handler while it creates the client.
    private readonly Lazy<string> basePath = new(() => clients.CreateClient(httpClientName).BaseAddress?.AbsolutePath.TrimEnd('/') ?? "");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var permit = await lane.Permits.Acquire(KindOf(request), cancellationToken);
        using var call = lane.Permits.InFlight.Start();
        var response = await base.SendAsync(request, cancellationToken);
        call.RecordAnswer();
        if (await lane.Responses.Observe(permit, call.Sent, response) is { } pause && response.Headers.RetryAfter is null)
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
}
