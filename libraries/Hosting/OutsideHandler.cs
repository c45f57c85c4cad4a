using System.Net;

namespace Podcast.Hosting;

/// <summary>
/// Requests addresses exactly as they were given and follows redirects in the same way; <see cref="SocketsHttpHandler"/> would
/// normalise them. Only GET and HEAD are redirected, and never from https to http.
/// </summary>
internal sealed class OutsideHandler(SocketsHttpHandler network) : DelegatingHandler(network)
{
    private const int MostRedirects = 3;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri!;
        for (var redirects = 0; ; redirects++)
        {
            request.RequestUri = VerbatimUri.ForRequest(address);
            var response = await base.SendAsync(request, cancellationToken);
            if (redirects == MostRedirects || Next(request, response, address) is not { } next)
                return response;

            response.Dispose();
            address = next;
            if (OutsideAddresses.RefusalOfScheme(address) is { } refused)
                throw new HttpRequestException(refused.Message, refused);
        }
    }

    private static Uri? Next(HttpRequestMessage request, HttpResponseMessage response, Uri address)
    {
        var isRedirect = response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect or HttpStatusCode.MultipleChoices;
        if (!isRedirect || response.Headers.Location is not { } location
            || (request.Method != HttpMethod.Get && request.Method != HttpMethod.Head))
            return null;

        var next = VerbatimUri.Redirected(address, location);
        return address.Scheme == Uri.UriSchemeHttps && next.Scheme == Uri.UriSchemeHttp ? null : next;
    }
}
