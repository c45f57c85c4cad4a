using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Podcast.Publishing.YouTube;

/// <summary>
/// The calls of the YouTube Data API v3 that publishing needs. Each is paid from the quota of the account's project before it is made:
/// here, or by the step where that is said.
/// </summary>
internal sealed class YouTubeClient(YouTubeRequests requests, YouTubeQuota quota, IOptions<YouTubeOptions> options)
{
    private const int MostPages = 20;
    private const int PageSize = 50;

    /// <summary>More than the clocks of Google and of our hosts differ.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromHours(1);

    private YouTubeOptions Costs => options.Value;

    /// <summary>Begins an upload, whose quota is spent before.</summary>
    /// <returns>The address of the session.</returns>
    public async Task<Uri> BeginUpload(YouTubeAccess access, JsonObject video, long length, CancellationToken cancellationToken)
    {
        using var request = requests.Of(
            HttpMethod.Post, access, "upload/youtube/v3/videos?uploadType=resumable&part=snippet&part=status", video);
        request.Headers.Add("X-Upload-Content-Length", $"{length}");
        request.Headers.Add("X-Upload-Content-Type", "video/mp4");
        using var response = await quota.Call(
            access.Project, YouTubeQuota.Inserts, () => requests.Send(request, cancellationToken), cancellationToken);
        return response.Headers.Location ?? throw StepException.Failed("YouTube began an upload without an address.");
    }

    /// <summary>The video; null if it does not exist.</summary>
    public async Task<JsonObject?> Video(YouTubeAccess access, string id, CancellationToken cancellationToken)
    {
        var list = await Ask(
            access, Costs.ReadCost, HttpMethod.Get,
            $"youtube/v3/videos?part=snippet&part=status&part=processingDetails&part=fileDetails&id={id}", null, cancellationToken);
        return (list["items"] as JsonArray)?.FirstOrDefault() as JsonObject;
    }

    /// <summary>The video with the publication's reference; null if none. YouTube lists the newest videos first.</summary>
    /// <exception cref="StepException">There are too many videos since the publication began.</exception>
    public async Task<string?> FindUpload(YouTubeAccess access, Publication publication, CancellationToken cancellationToken)
    {
        string? token = null;
        for (var page = 0; page < MostPages; page++)
        {
            var list = await Ask(
                access, Costs.ReadCost, HttpMethod.Get,
                $"youtube/v3/playlistItems?part=snippet&maxResults={PageSize}&playlistId=UU{access.ChannelId[2..]}&pageToken={token}", null,
                cancellationToken);
            var videos = (list["items"] as JsonArray ?? []).Select(item => item?["snippet"]).ToList();
            var found = videos.Find(
                video => ((string?)video?["description"])?.Contains(publication.Reference, StringComparison.Ordinal) == true);
            if (found is not null)
                return (string?)found["resourceId"]!["videoId"];
            token = (string?)list["nextPageToken"];
            if (token is null || videos.TrueForAll(IsOlder))
                return null;
        }

        throw StepException.Refused(
            $"The channel has more than {MostPages * PageSize} videos that are newer than this publication; one of them may be its own.",
            "Look for it in YouTube Studio. If it is not there, upload this episode by hand.");

        bool IsOlder(JsonNode? video) =>
            DateTimeOffset.TryParse((string?)video?["publishedAt"], CultureInfo.InvariantCulture, out var at)
            && at < publication.CreatedAt - Margin;
    }

    /// <summary>Replaces the parts <c>snippet</c> and <c>status</c>, each as a whole.</summary>
    public Task UpdateVideo(YouTubeAccess access, JsonObject video, CancellationToken cancellationToken) => Ask(
        access, Costs.WriteCost, HttpMethod.Put, "youtube/v3/videos?part=snippet&part=status", video, cancellationToken);

    public async Task SetThumbnail(
        YouTubeAccess access, string videoId, Stream image, long length, string? type, CancellationToken cancellationToken)
    {
        await quota.Spend(access.Project, Costs.WriteCost, cancellationToken);
        using var request = requests.Of(HttpMethod.Post, access, $"upload/youtube/v3/thumbnails/set?videoId={videoId}&uploadType=media");
        request.Content = new StreamContent(image);
        request.Content.Headers.ContentType = MediaTypeHeaderValue.TryParse(type, out var known) ? known : new("image/jpeg");
        request.Content.Headers.ContentLength = length;
        using var response = await quota.Call(
            access.Project, YouTubeQuota.Units, () => requests.Send(request, cancellationToken), cancellationToken);
    }

    /// <summary>
    /// The caption tracks of the video that are not made by YouTube: language, name and status. Their quota is spent before.
    /// </summary>
    public async Task<IReadOnlyList<CaptionInfo>> Captions(YouTubeAccess access, string videoId, CancellationToken cancellationToken)
    {
        var list = await Ask(
            access, 0, HttpMethod.Get, $"youtube/v3/captions?part=snippet&videoId={videoId}", null, cancellationToken);
        return [.. (list["items"] as JsonArray ?? []).Select(item => item?["snippet"]).OfType<JsonNode>()
            .Select(track => new CaptionInfo((string?)track["language"], (string?)track["name"], (string?)track["status"]))];
    }

    /// <summary>Adds captions, whose quota is spent before. If the video has such a track already, it stays as it is.</summary>
    public async Task InsertCaptions(
        YouTubeAccess access, string videoId, string language, string name, string srt, CancellationToken cancellationToken)
    {
        var snippet = new JsonObject { ["videoId"] = videoId, ["language"] = language, ["name"] = name };
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(srt));
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var request = requests.Of(HttpMethod.Post, access, "upload/youtube/v3/captions?part=snippet&uploadType=multipart");
        request.Content = new MultipartContent("related") { YouTubeRequests.Content(new JsonObject { ["snippet"] = snippet }), file };
        try
        {
            using var response = await quota.Call(
                access.Project, YouTubeQuota.Units, () => requests.Send(request, cancellationToken), cancellationToken);
        }
        catch (CaptionExistsException)
        {
            // An earlier attempt has sent it, whose answer was lost.
        }
    }

    private async Task<JsonObject> Ask(
        YouTubeAccess access, int cost, HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        if (cost > 0)
            await quota.Spend(access.Project, cost, cancellationToken);
        return await quota.Call(
            access.Project, YouTubeQuota.Units, () => requests.Json(requests.Of(method, access, path, body), cancellationToken),
            cancellationToken);
    }
}

/// <summary>A caption track.</summary>
internal sealed record CaptionInfo(string? Language, string? Name, string? Status);
