using System.Net.Http.Headers;

namespace Podcast.Ittybit.Resilience;

/// <summary>Adds the API key to every request. It is read each time, so that a changed key applies at once.</summary>
internal sealed class KeyHandler(IOptionsMonitor<IttybitOptions> options) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.CurrentValue.ApiKey);
        return base.SendAsync(request, cancellationToken);
    }
}
