namespace Podcast.Emulators.YouTube.Videos;

/// <summary>Writes video resources as they are at the time of the clock.</summary>
internal sealed class VideoResource(ChannelDirectory channels, TimeProvider clock, IOptions<YouTubeEmulatorOptions> options)
{
    private const int ProcessingParts = 100;

    public JsonObject Write(Video video, string[] parts)
    {
        var now = clock.GetUtcNow();
        var resource = Parts.Resource("video", $"{video.Snippet}{video.Status}{video.UploadStatusAt(now)}{video.PrivacyAt(now)}");
        resource["id"] = video.Id;
        if (parts.Contains("snippet"))
            resource["snippet"] = Snippet(video);
        if (parts.Contains("status"))
            resource["status"] = Status(video, now);
        if (parts.Contains("processingDetails"))
            resource["processingDetails"] = Processing(video, now);
        if (parts.Contains("fileDetails"))
            resource["fileDetails"] = new JsonObject { ["fileSize"] = Text(video.Content.Length) };
        return resource;
    }

    /// <summary>The URLs of a video's thumbnails; the emulator does not serve the pictures.</summary>
    public static JsonObject Thumbnails(string videoId)
    {
        return new JsonObject
        {
            ["default"] = One("default", 120, 90),
            ["medium"] = One("mqdefault", 320, 180),
            ["high"] = One("hqdefault", 480, 360),
        };

        JsonObject One(string name, int width, int height) =>
            new() { ["url"] = $"https://i.ytimg.com/vi/{videoId}/{name}.jpg", ["width"] = width, ["height"] = height };
    }

    private JsonObject Snippet(Video video)
    {
        var snippet = video.Snippet.DeepClone().AsObject();
        snippet["publishedAt"] = Parts.Time(video.UploadedAt);
        snippet["channelId"] = video.ChannelId;
        snippet["channelTitle"] = channels.Find(video.ChannelId)?.Title;
        snippet["description"] ??= "";
        snippet["categoryId"] ??= "22";
        snippet["thumbnails"] = Thumbnails(video.Id);
        snippet["liveBroadcastContent"] = "none";
        snippet["localized"] = new JsonObject { ["title"] = (string?)snippet["title"], ["description"] = (string?)snippet["description"] };
        return snippet;
    }

    private static JsonObject Status(Video video, DateTimeOffset now)
    {
        var status = video.Status.DeepClone().AsObject();
        var uploadStatus = video.UploadStatusAt(now);
        status["uploadStatus"] = uploadStatus;
        status["privacyStatus"] = video.PrivacyAt(now);
        if (video.PublishAt is { } at && at > now && !video.IsLocked)
            status["publishAt"] = Parts.Time(at);
        else
            status.Remove("publishAt");
        if (uploadStatus == "failed")
            status["failureReason"] = video.FailureReason;
        if (uploadStatus == "rejected")
            status["rejectionReason"] = video.RejectionReason;
        status["license"] ??= "youtube";
        status["embeddable"] ??= true;
        status["publicStatsViewable"] ??= true;
        status["madeForKids"] = status["selfDeclaredMadeForKids"]?.DeepClone() ?? false;
        return status;
    }

    private JsonObject Processing(Video video, DateTimeOffset now)
    {
        var left = video.ProcessedAt - now;
        if (left > TimeSpan.Zero)
        {
            var done = Math.Clamp((int)(ProcessingParts * (1 - (left / options.Value.ProcessingTime))), 0, ProcessingParts);
            return new JsonObject
            {
                ["processingStatus"] = "processing",
                ["processingProgress"] = new JsonObject
                {
                    ["partsTotal"] = Text(ProcessingParts),
                    ["partsProcessed"] = Text(done),
                    ["timeLeftMs"] = Text((long)left.TotalMilliseconds),
                },
                ["thumbnailsAvailability"] = "inProgress",
            };
        }

        var processing = new JsonObject { ["processingStatus"] = "succeeded", ["thumbnailsAvailability"] = "available" };
        if (video.FailureReason is not null)
            (processing["processingStatus"], processing["processingFailureReason"]) = ("failed", "transcodeFailed");
        return processing;
    }

    /// <summary>The API writes 64-bit numbers as strings.</summary>
    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
