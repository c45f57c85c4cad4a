namespace Podcast.Emulators.YouTube.Captions;

/// <summary>A caption track of a video.</summary>
/// <param name="Content">The file, which stays in the emulator's directory.</param>
/// <param name="Cues">The timed texts of the file; null if it is not UTF-8, so that the track has failed.</param>
internal sealed record CaptionTrack(
    string Id, string VideoId, string Language, string Name, bool IsDraft, DateTimeOffset UpdatedAt, StoredContent Content, CueTimes? Cues)
    : IDocument
{
    public string Owner => VideoId;

    public JsonObject Write()
    {
        var resource = Parts.Resource("caption", $"{Id}{UpdatedAt:O}{IsDraft}");
        resource["id"] = Id;
        resource["snippet"] = new JsonObject
        {
            ["videoId"] = VideoId,
            ["lastUpdated"] = Parts.Time(UpdatedAt),
            ["trackKind"] = "standard",
            ["language"] = Language,
            ["name"] = Name,
            ["audioTrackType"] = "unknown",
            ["isCC"] = false,
            ["isLarge"] = false,
            ["isEasyReader"] = false,
            ["isDraft"] = IsDraft,
            ["isAutoSynced"] = false,
            ["status"] = Cues is null ? "failed" : "serving",
        };
        if (Cues is null)
            resource["snippet"]!["failureReason"] = "unknownFormat";
        return resource;
    }
}
