using System.Text.Json.Nodes;

namespace Podcast.Emulators.Tests.Ittybit.Support;

/// <summary>The tutorial's requests.</summary>
internal static class TaskBodies
{
    public static JsonObject Audio(string fileId, Uri? webhookUrl = null) => Of(
        "audio", fileId, webhookUrl, ("format", "mp3"), ("bitrate", 192000), ("channels", 2), ("ref", "podcast_audio"));

    public static JsonObject Video(string fileId, Uri? webhookUrl = null) => Of(
        "video", fileId, webhookUrl, ("format", "mp4"), ("codec", "h264"), ("width", 1920), ("height", 1080),
        ("fps", 30), ("bitrate", 5000000), ("ref", "youtube_video"));

    public static JsonObject Speech(string fileId, Uri? webhookUrl = null) => Of(
        "speech", fileId, webhookUrl, ("language", "en"), ("ref", "transcript"));

    public static JsonObject Chapters(string fileId, Uri? webhookUrl = null, string? format = null) => format is null
        ? Of("chapters", fileId, webhookUrl, ("ref", "chapters"))
        : Of("chapters", fileId, webhookUrl, ("ref", "chapters"), ("format", format));

    public static JsonObject Image(string fileId) => Of(
        "image", fileId, null, ("format", "jpeg"), ("width", 640), ("start", 2), ("ref", "thumbnail"));

    private static JsonObject Of(string kind, string fileId, Uri? webhookUrl, params (string Name, JsonNode Value)[] options)
    {
        var body = new JsonObject { ["file_id"] = fileId, ["kind"] = kind };
        foreach (var (name, value) in options)
            body[name] = value;
        if (webhookUrl is not null)
            body["webhook_url"] = webhookUrl.AbsoluteUri;
        return body;
    }
}
