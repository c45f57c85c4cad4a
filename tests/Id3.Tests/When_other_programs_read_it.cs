using System.Text.Json.Nodes;

namespace Podcast.Id3.Tests;

/// <summary>FFmpeg makes the MP3s, with tags of its own, and reads what we put before them.</summary>
public sealed class When_other_programs_read_it : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private readonly TemporaryDirectory folder = new();

    [RequiresFact("ffmpeg", "ffprobe")]
    public Task a_tag_of_version_3_is_read() => Reads("3");

    [RequiresFact("ffmpeg", "ffprobe")]
    public Task a_tag_of_version_4_is_read() => Reads("4");

    [RequiresFact("ffmpeg", "ffprobe")]
    public Task a_first_tag_is_read() => Reads("0");

    public void Dispose() => folder.Dispose();

    private async Task Reads(string version)
    {
        await Make(
            "-f", "lavfi", "-i", "sine=duration=40", "-id3v2_version", version, "-metadata", "title=raw", "-metadata", "artist=Anna",
            folder["raw.mp3"]);
        await Make("-f", "lavfi", "-i", "color=red:size=64x64", "-frames:v", "1", folder["cover.png"]);
        var cover = new Id3Picture("image/png", await File.ReadAllBytesAsync(folder["cover.png"]));

        var tag = Mp3.Tag("Anfang", "Gäste & 😀", "Ende") with { Cover = cover };
        var tagged = await Mp3.Tagged(await File.ReadAllBytesAsync(folder["raw.mp3"]), tag);
        await File.WriteAllBytesAsync(folder["tagged.mp3"], tagged);

        var said = await Probe(folder["tagged.mp3"]);
        var chapters = said["chapters"]!.AsArray();
        chapters.Select(chapter => $"{chapter!["start_time"]} {chapter["end_time"]} {chapter["tags"]!["title"]}").ShouldBe(
            ["0.000000 10.000000 Anfang", "10.000000 20.000000 Gäste & 😀", "20.000000 30.000000 Ende"]);
        var tags = said["format"]!["tags"]!;
        ((string?)tags["title"], (string?)tags["album"], (string?)tags["artist"])
            .ShouldBe(("Folge 12: Höhenluft", "Bergfunk", version == "0" ? null : "Anna"));
        said["streams"]!.AsArray().Select(stream => (string?)stream!["codec_name"]).ShouldBe(["mp3", "png"]);
        (await AudioHash("tagged.mp3")).ShouldBe(await AudioHash("raw.mp3"));
    }

    /// <summary>A hash over the encoded audio packets, without decoding them.</summary>
    private async Task<string> AudioHash(string name) =>
        await Run("ffmpeg", "-v", "error", "-i", folder[name], "-map", "0:a", "-c", "copy", "-f", "hash", "-");

    private static async Task<JsonNode> Probe(string path) => JsonNode.Parse(await Run(
        "ffprobe", "-v", "error", "-show_chapters", "-show_format", "-show_streams", "-of", "json", path))!;

    private static Task<string> Make(params string[] arguments) => Run(["ffmpeg", "-v", "error", .. arguments]);

    private static Task<string> Run(params string[] command) => ChildProcess.Run(Limit, new Dictionary<string, string>(), command);
}
