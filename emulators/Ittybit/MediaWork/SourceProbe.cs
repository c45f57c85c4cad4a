using Podcast.Emulators.Ittybit.MediaWork.Real;

namespace Podcast.Emulators.Ittybit.MediaWork;

/// <summary>
/// Recognises media files by their first bytes, so that a text named .mp4 is refused with and without ffmpeg. Reads MP4 and MOV
/// without tools, and other formats with ffprobe if it is installed.
/// </summary>
internal sealed class SourceProbe(IOptions<IttybitEmulatorOptions> options)
{
    public async Task<Look> Look(string path, CancellationToken cancellationToken)
    {
        var look = LookAtBytes(path);
        if (look.Media is not { Duration: null } || options.Value.Media == MediaWorkMode.Simulated)
            return look;
        return Tool.Find(options.Value.Ffprobe) is { } ffprobe ? await LookWith(ffprobe, path, cancellationToken) : look;
    }

    private static Look LookAtBytes(string path)
    {
        using var file = File.OpenRead(path);
        if (file.Length == 0)
            return new Look(null, "format_unsupported: the source is empty.");

        Span<byte> start = stackalloc byte[12];
        start = start[..file.ReadAtLeast(start, 12, throwOnEndOfStream: false)];
        if (start.Length == 12 && (start[4..8].SequenceEqual("ftyp"u8) || start[4..8].SequenceEqual("moov"u8)))
            return Mp4Header.Read(file);

        return TypeOf(start) is { } type
            ? new Look(new SourceMedia(type.Split('/')[0], type, null, null, null, HasAudio: true), null)
            : new Look(null, "format_unsupported: the source is not a media file.");
    }

    private static string? TypeOf(ReadOnlySpan<byte> start) => start switch
    {
        [(byte)'I', (byte)'D', (byte)'3', ..] or [0xFF, >= 0xE0, _, ..] => "audio/mpeg",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'A', (byte)'V', (byte)'E'] => "audio/wav",
        [(byte)'f', (byte)'L', (byte)'a', (byte)'C', ..] => "audio/flac",
        [(byte)'O', (byte)'g', (byte)'g', (byte)'S', ..] => "audio/ogg",
        [0x1A, 0x45, 0xDF, 0xA3, ..] => "video/webm",
        _ => null,
    };

    private static async Task<Look> LookWith(string ffprobe, string path, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        string[] arguments = ["-v", "error", "-show_format", "-show_streams", "-of", "json", path];
        var run = await Tool.Run(ffprobe, arguments, line => text.AppendLine(line), null, cancellationToken);
        if (run.ExitCode != 0 || JsonNode.Parse(text.ToString()) is not JsonObject found)
            return new Look(null, "corrupt: the source cannot be read.");

        var streams = (found["streams"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        var picture = streams.Find(stream => (string?)stream["codec_type"] == "video" && (int?)stream["disposition"]?["attached_pic"] != 1);
        var sound = streams.Exists(stream => (string?)stream["codec_type"] == "audio");
        if (picture is null && !sound)
            return new Look(null, "format_unsupported: the source has neither picture nor sound.");

        var kind = picture is null ? "audio" : "video";
        var format = ((string?)found["format"]?["format_name"] ?? "").Split(',')[0];
        TimeSpan? duration = double.TryParse((string?)found["format"]?["duration"], CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;
        var (width, height) = ((int?)picture?["width"], (int?)picture?["height"]);
        return new Look(new SourceMedia(kind, TypeOf(kind, format), duration, width, height, sound), null);
    }

    private static string TypeOf(string kind, string format) => format switch
    {
        "mp3" => "audio/mpeg",
        "wav" => "audio/wav",
        "flac" => "audio/flac",
        "ogg" => $"{kind}/ogg",
        "matroska" => $"{kind}/webm",
        "mov" => $"{kind}/mp4",
        _ => $"{kind}/x-unknown",
    };
}

/// <summary>The properties of a source that the work on it needs.</summary>
/// <param name="Kind"><c>video</c> or <c>audio</c>.</param>
/// <param name="Type">The content type.</param>
/// <param name="Duration">Null if only ffprobe could read it, which is not installed.</param>
internal sealed record SourceMedia(string Kind, string Type, TimeSpan? Duration, int? Width, int? Height, bool HasAudio)
{
    public bool HasVideo => Kind == "video";
}

/// <summary>The result of reading a file: its media properties, or the reason why it is not usable.</summary>
internal sealed record Look(SourceMedia? Media, string? Problem);
