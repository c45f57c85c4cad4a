using System.Globalization;
using System.Text.Json.Nodes;
using Podcast.Emulators.Ittybit.MediaWork.Real;

namespace Podcast.Emulators.Tests.Ittybit.Support;

/// <summary>What ffprobe says of a file: somebody else's word, not ours. Duration and bitrate of an image are 0.</summary>
internal sealed record Probe(double Duration, long Bitrate, JsonObject? Video, JsonObject? Audio)
{
    public static async Task<Probe> Of(byte[] content)
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, content);
            var text = "";
            var run = await Tool.Run(
                "ffprobe", ["-v", "error", "-show_format", "-show_streams", "-of", "json", path], line => text += line, null, default);
            run.ExitCode.ShouldBe(0, run.LastError);
            run.LastError.ShouldBeNull();
            var json = JsonNode.Parse(text)!;
            var streams = json["streams"]!.AsArray().Select(stream => stream!.AsObject()).ToList();
            return new Probe(
                double.Parse((string?)json["format"]!["duration"] ?? "0", CultureInfo.InvariantCulture),
                long.Parse((string?)json["format"]!["bit_rate"] ?? "0", CultureInfo.InvariantCulture),
                streams.Find(stream => (string?)stream["codec_type"] == "video"),
                streams.Find(stream => (string?)stream["codec_type"] == "audio"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Decodes all of it; ffmpeg must not complain.</summary>
    public static async Task<string> Decode(byte[] content, params string[] output)
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, content);
            var lines = new List<string>();
            var run = await Tool.Run("ffmpeg", ["-v", "error", "-xerror", "-i", path, .. output], lines.Add, null, default);
            run.ExitCode.ShouldBe(0, run.LastError);
            run.LastError.ShouldBeNull();
            return string.Join('\n', lines);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
