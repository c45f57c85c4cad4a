using System.Net.Http.Headers;
using Microsoft.Extensions.Options;

namespace Podcast.Ittybit.Resilience;

/// <summary>Shows our key. Reads it for every request, so that a new one counts at once.</summary>
internal sealed class KeyHandler(IOptionsMonitor<IttybitOptions> options) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.CurrentValue.ApiKey);
        return base.SendAsync(request, cancellationToken);
    }
}
