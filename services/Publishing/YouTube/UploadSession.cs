using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Podcast.Publishing.YouTube;

/// <summary>
/// Google's resumable protocol on the address of a session (developers.google.com/youtube/v3/guides/using_resumable_upload_protocol).
/// It costs no quota and needs no token: the address is the credential.
/// </summary>
internal sealed class UploadSession(IHttpClientFactory clients, IOptions<PublishingOptions> options, TimeProvider clock)
{
    /// <summary>Asks how much is stored. A finished session answers with the video.</summary>
    public Task<UploadState> Ask(Uri session, long total, CancellationToken cancellationToken) =>
        Limited(session, new ByteArrayContent([]), new ContentRangeHeaderValue(total), cancellationToken);

    /// <summary>Sends a chunk while it is read.</summary>
    public Task<UploadState> Send(
        Uri session, Stream chunk, long from, long length, long total, CancellationToken cancellationToken)
    {
        var content = new StreamContent(chunk);
        content.Headers.ContentLength = length;
        return Limited(session, content, new ContentRangeHeaderValue(from, from + length - 1, total), cancellationToken);
    }

    private Task<UploadState> Limited(
        Uri session, HttpContent content, ContentRangeHeaderValue range, CancellationToken cancellationToken) => clock.Limit(
        options.Value.TransferTimeout, "A request to the upload session", token => Put(session, content, range, token), cancellationToken);

    private async Task<UploadState> Put(
        Uri session, HttpContent content, ContentRangeHeaderValue range, CancellationToken cancellationToken)
    {
        using var http = clients.CreateClient(YouTubeRequests.Name);
        using var request = new HttpRequestMessage(HttpMethod.Put, session) { Content = content };
        content.Headers.ContentRange = range;
        using var response = await http.SendAsync(request, cancellationToken);
        switch (response.StatusCode)
        {
            case HttpStatusCode.PermanentRedirect:
                return new UploadState(Stored(response), null, IsGone: false);
            case HttpStatusCode.NotFound or HttpStatusCode.Gone:
                return new UploadState(0, null, IsGone: true);
            case { } status when (int)status is >= 200 and < 300:
                return new UploadState(range.Length ?? 0, await Id(response, cancellationToken), IsGone: false);
            default:
                throw await YouTubeFailure.Of(response, clock, cancellationToken);
        }
    }

    /// <summary>Without the header nothing is stored.</summary>
    private static long Stored(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Range", out var values) && values.First().Split('-') is [_, var last]
            && long.TryParse(last, out var to)
            ? to + 1
            : 0;

    private static async Task<string> Id(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var video = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
            return (string?)video?["id"] ?? throw StepException.Failed("YouTube ended an upload without the video's id.");
        }
        catch (JsonException)
        {
            throw StepException.Failed("YouTube ended an upload with an answer that cannot be read.");
        }
    }
}

/// <summary>Where an upload stands.</summary>
/// <param name="Stored">The bytes that YouTube has, from the beginning.</param>
/// <param name="VideoId">Not null if the upload is complete.</param>
/// <param name="IsGone">True if the session has expired.</param>
internal sealed record UploadState(long Stored, string? VideoId, bool IsGone);
