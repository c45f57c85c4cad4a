using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Podcast.Publishing.YouTube;

/// <summary>Makes and sends requests to the YouTube Data API; error statuses become a <see cref="StepException"/>.</summary>
internal sealed class YouTubeRequests(IHttpClientFactory clients, IOptions<YouTubeOptions> options, TimeProvider clock)
{
    /// <summary>The name of the HTTP client.</summary>
    public const string Name = "youtube";

    public static void Register(IServiceCollection services) => services.AddHttpClient(Name)
        .ConfigureHttpClient(client => client.Timeout = Timeout.InfiniteTimeSpan) // each call has its own limit
        .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        .RemoveAllLoggers(); // addresses of upload sessions are secrets

    public HttpRequestMessage Of(HttpMethod method, YouTubeAccess access, string path, JsonObject? body = null)
    {
        var request = new HttpRequestMessage(method, new Uri(Root(), path)) { Content = body is null ? null : Content(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", access.Token);
        return request;
    }

    private Uri Root() => new(options.Value.BaseAddress.AbsoluteUri.TrimEnd('/') + "/");

    public static StringContent Content(JsonObject body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");

    public async Task<JsonObject> Json(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        using (var response = await Send(request, cancellationToken))
        {
            try
            {
                return await JsonNode.ParseAsync(
                    await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken) as JsonObject ?? [];
            }
            catch (JsonException)
            {
                throw StepException.Failed("YouTube's answer cannot be read: it is not JSON.");
            }
        }
    }

    public async Task<HttpResponseMessage> Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var http = clients.CreateClient(Name);
        var response = await clock.Limit(
            options.Value.Timeout, "A request to YouTube", token => http.SendAsync(request, token), cancellationToken);
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw await YouTubeFailure.Of(response, clock, cancellationToken);
    }
}
