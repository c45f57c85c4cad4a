using System.Net;
using System.Text;

namespace Podcast.Transistor.Tests;

/// <summary>Stands where the network would: remembers the last request and gives the same answer to all.</summary>
internal sealed class FakeTransistor(int status, string body, Exception? thrown = null) : HttpMessageHandler
{
    public string? Method { get; private set; }

    public Uri? Address { get; private set; }

    public string? Key { get; private set; }

    public string Body { get; private set; } = "";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        (Method, Address, Key) = (request.Method.Method, request.RequestUri, string.Join(' ', request.Headers.GetValues("x-api-key")));
        Body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        return thrown is not null ? throw thrown : new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
            RequestMessage = request,
        };
    }
}
