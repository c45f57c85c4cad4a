namespace Podcast.Publishing.Tests.Support;

/// <summary>Shows and episodes.</summary>
internal static class Samples
{
    public const string Owner = "alice";

    private const string Chapters = """
        {"chapters":[{"start":0,"end":60,"title":"Begrüßung"},{"start":60,"end":300,"title":"Gast"},{"start":300,"end":600,"title":"Abschied"}]}
        """;

    private const string Transcript =
        "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nHello and welcome.\n\n00:00:04.000 --> 00:00:09.000\nToday we talk about mountains.\n";

    public static readonly YoutubeChannel YouTube = new("main", Platforms.Channel, VideoPrivacy.Public, "24", ["mountains"], false, false);

    public static ShowSettings Show(
        bool transistor = true, bool youTube = true, CaptionsPolicy captions = CaptionsPolicy.BeforePublic,
        ApprovalPolicy approval = ApprovalPolicy.Auto, YoutubeChannel? channel = null) => new(
        "Bergfunk", null, "en", "Europe/Vienna", null, "{description}\n\n{chapters}", captions, approval,
        new ShowChannels(
            transistor ? new TransistorChannel("default", "1") : null, youTube ? channel ?? YouTube : null));

    public static ShowChanged Changed(ShowSettings settings, int version = 1) =>
        new(Owner, "bergfunk", version, settings, DateTimeOffset.UnixEpoch);

    /// <summary>Bytes of which no two ranges are the same.</summary>
    public static byte[] Bytes(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>An episode whose files the platforms' server has: audio, video, transcript, chapters, thumbnail.</summary>
    public static EpisodeProcessed Episode(
        Platforms platforms, byte[] video, byte[]? audio = null, string title = "Auf der Hütte", EpisodeDetails? details = null,
        DateTimeOffset? at = null) => new(
        Guid.NewGuid(), Owner, title, "Anna erzählt.",
        [
            new(TaskKind.AudioExtraction, platforms.Put("a.mp3", "audio/mpeg", audio ?? Bytes(300_000, 2), 600)),
            new(TaskKind.VideoTranscode, platforms.Put("v.mp4", "video/mp4", video, 600)),
            new(TaskKind.TranscriptGeneration, platforms.Put("t.vtt", "text/vtt", Transcript)),
            new(TaskKind.ChapterDetection, platforms.Put("c.json", "application/json", Chapters)),
            new(TaskKind.Thumbnail, platforms.Put("i.jpg", "image/jpeg", [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3])),
        ],
        at ?? new DateTimeOffset(2026, 11, 28, 12, 0, 0, TimeSpan.Zero), "bergfunk", details);
}
