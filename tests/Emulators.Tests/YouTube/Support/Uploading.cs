using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Podcast.Emulators.Tests.Ittybit.Support;

namespace Podcast.Emulators.Tests.YouTube.Support;

/// <summary>Uploads as clients send them.</summary>
internal static class Uploading
{
    public const int Unit = 262_144;

    public const string Videos = "upload/youtube/v3/videos?part=snippet,status";
    public const string Captions = "upload/youtube/v3/captions?part=snippet";

    public static readonly byte[] Srt = "1\n00:00:01,000 --> 00:00:02,500\nHello.\n\n2\n00:00:03,000 --> 00:01:04,000\nBye.\n"u8.ToArray();

    /// <summary>Bytes of which no two ranges are the same.</summary>
    public static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    public static JsonObject Metadata(string title = "Episode 1", string privacy = "private") => new()
    {
        ["snippet"] = new JsonObject { ["title"] = title, ["description"] = "About.", ["categoryId"] = "22" },
        ["status"] = new JsonObject { ["privacyStatus"] = privacy, ["selfDeclaredMadeForKids"] = false },
    };

    public static Task<Answer> StartSession(this RunningYouTube youTube, JsonNode metadata, long? length = null) => youTube.Send(
        HttpMethod.Post,
        Videos + "&uploadType=resumable",
        RunningYouTube.Json(metadata),
        [("X-Upload-Content-Type", "video/mp4"), .. length is { } bytes ? new[] { ("X-Upload-Content-Length", $"{bytes}") } : []]);

    public static async Task<Uri> Session(this RunningYouTube youTube, long? length = null, JsonNode? metadata = null)
    {
        var answer = await youTube.StartSession(metadata ?? Metadata(), length);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        return answer.Headers.Location!;
    }

    /// <summary>Puts a chunk, or asks for the status.</summary>
    public static Task<Answer> Put(this RunningYouTube youTube, Uri session, string? contentRange, ReadOnlyMemory<byte> bytes = default)
    {
        var content = new ReadOnlyMemoryContent(bytes);
        if (contentRange is not null)
            content.Headers.TryAddWithoutValidation("Content-Range", contentRange);
        return youTube.Send(HttpMethod.Put, session.AbsoluteUri, content);
    }

    public static string? Range(this Answer answer) => answer.Headers.TryGetValues("Range", out var values) ? values.Single() : null;

    public static string? Reason(this Answer answer) => (string?)answer.Json["error"]?["errors"]?[0]?["reason"];

    /// <summary>Uploads a small video and gives its id.</summary>
    public static async Task<string> Upload(this RunningYouTube youTube, JsonNode? metadata = null, byte[]? bytes = null)
    {
        var answer = await youTube.Put(await youTube.Session(metadata: metadata), null, bytes ?? Bytes(1000));
        answer.Status.ShouldBe(HttpStatusCode.Created, answer.Text);
        return (string)answer.Json["id"]!;
    }

    public static async Task<JsonNode> Video(this RunningYouTube youTube, string id) =>
        (await youTube.Get($"youtube/v3/videos?part=snippet&part=status,processingDetails&id={id}")).Json["items"]![0]!;

    public static Task<Answer> Multipart(this RunningYouTube youTube, HttpMethod method, string path, JsonNode metadata, byte[] media)
    {
        var content = new MultipartContent("related") { RunningYouTube.Json(metadata) };
        var part = new ByteArrayContent(media);
        part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        content.Add(part);
        return youTube.Send(method, path + "&uploadType=multipart", content);
    }

    public static Task<Answer> SendCaptions(
        this RunningYouTube youTube, string videoId, byte[] captions, string language = "en", string name = "English")
    {
        var snippet = new JsonObject { ["videoId"] = videoId, ["language"] = language, ["name"] = name };
        return youTube.Multipart(HttpMethod.Post, Captions, new JsonObject { ["snippet"] = snippet }, captions);
    }

    /// <summary>Adds a good caption track and gives its id.</summary>
    public static async Task<string> AddCaptions(this RunningYouTube youTube, string videoId)
    {
        var answer = await youTube.SendCaptions(videoId, Srt);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        return (string)answer.Json["id"]!;
    }
}
