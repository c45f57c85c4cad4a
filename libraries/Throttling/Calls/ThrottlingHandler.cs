using System.Net.Http.Headers;

namespace Podcast.Throttling.Calls;

/// <summary>
/// Takes a permit for every request, including retries, and passes the response to <see cref="ResponseObserver"/>. If a response
/// closes the lane, adds <c>Retry-After</c> to it.
/// </summary>
/// <param name="ending">When it is cancelled, requests that wait fail, and those that were sent do not.</param>
internal sealed class ThrottlingHandler(
    Throttle throttle, string httpClientName, IHttpClientFactory clients, CancellationToken ending = default) : DelegatingHandler
{
    // Not read at once: the factory creates this handler while it creates the client.
    private readonly Lazy<string> basePath = new(() => clients.CreateClient(httpClientName).BaseAddress?.AbsolutePath.TrimEnd('/') ?? "");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var permit = await Acquire(KindOf(request), cancellationToken);
        using var call = throttle.Permits.InFlight.Start();
        var response = await base.SendAsync(request, cancellationToken);
        call.RecordAnswer();
        if (await throttle.Responses.Observe(permit, call.Sent, response) is { } pause && response.Headers.RetryAfter is null)
            response.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(Math.Ceiling(pause.TotalSeconds)));
        return response;
    }

    private async Task<Permit> Acquire(string kind, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, ending);
        try
        {
            return await throttle.Permits.Acquire(kind, either.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            throw new HeldBackException("The run ends; the request was not sent.", TimeSpan.Zero);
        }
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
