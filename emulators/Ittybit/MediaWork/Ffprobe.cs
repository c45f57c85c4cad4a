using Podcast.Emulators.Ittybit.MediaWork.Real;

namespace Podcast.Emulators.Ittybit.MediaWork;

/// <summary>Reads the properties of a media file with ffprobe.</summary>
internal static class Ffprobe
{
    public static async Task<Look> Look(string ffprobe, string path, CancellationToken cancellationToken)
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

        return new Look(
            new SourceMedia(
                picture is null ? "audio" : "video",
                Type((string?)found["format"]?["format_name"] ?? "", picture is not null),
                double.TryParse((string?)found["format"]?["duration"], CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null,
                (int?)picture?["width"],
                (int?)picture?["height"],
                sound),
            null);
    }

    private static string Type(string format, bool hasPicture) => format.Split(',')[0] switch
    {
        "mp3" => "audio/mpeg",
        "wav" => "audio/wav",
        "flac" => "audio/flac",
        "ogg" => hasPicture ? "video/ogg" : "audio/ogg",
        "matroska" => hasPicture ? "video/webm" : "audio/webm",
        "mov" => hasPicture ? "video/mp4" : "audio/mp4",
        _ => hasPicture ? "video/x-unknown" : "audio/x-unknown",
    };
}
