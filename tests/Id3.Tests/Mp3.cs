namespace Podcast.Id3.Tests;

/// <summary>MP3s to put tags before, and what came out.</summary>
internal static class Mp3
{
    /// <summary>Bytes that begin like a frame of MPEG-1 layer III.</summary>
    public static byte[] Audio { get; } = [0xFF, 0xFB, 0x90, 0x00, .. Enumerable.Range(0, 50_000).Select(number => (byte)(number * 31))];

    public static Id3Tag Tag(params string[] chapters) => new(
        "Folge 12: Höhenluft", "Bergfunk",
        [.. chapters.Select((title, at) => new Id3Chapter(TimeSpan.FromSeconds(at * 10), TimeSpan.FromSeconds((at * 10) + 10), title))]);

    /// <summary>A tag as another program would write it.</summary>
    public static byte[] OldTag(byte version, byte flags, params byte[][] body)
    {
        byte[] all = [.. body.SelectMany(part => part)];
        return [.. new Id3Header(version, flags, all.Length).Write(), .. all];
    }

    public static async Task<byte[]> Tagged(byte[] mp3, Id3Tag tag)
    {
        await using var tagged = await TaggedMp3Stream.Open(new ForwardOnly(mp3), mp3.Length, tag, default);
        using var copy = new MemoryStream();
        await tagged.CopyToAsync(copy);
        copy.Length.ShouldBe(tagged.Length);
        tagged.Position.ShouldBe(tagged.Length);
        return copy.ToArray();
    }

    /// <summary>The frames of the tag at the beginning, and the version of the tag.</summary>
    public static (byte Version, List<Id3Frame> Frames, byte[] Behind) Read(byte[] mp3)
    {
        var header = Id3Header.Read(mp3)!;
        return (header.Version, TagReader.Frames(header, mp3[Id3Header.Bytes..header.TagBytes]), mp3[header.TagBytes..]);
    }

    /// <summary>A source like a download: it cannot seek, and gives a few bytes at a time.</summary>
    public sealed class ForwardOnly(byte[] content) : MemoryStream(content)
    {
        public int MostAtOnce { get; private set; }
        public override bool CanSeek => false;
        public override long Length => throw new NotSupportedException();
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(Ask(buffer.Length), 7_001)]);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(Ask(buffer.Length), 7_001)], cancellationToken);

        private int Ask(int bytes)
        {
            MostAtOnce = Math.Max(MostAtOnce, bytes);
            return bytes;
        }
    }
}

/// <summary>A test that is reported as skipped, by name and reason, where a program is not installed.</summary>
internal sealed class RequiresFactAttribute : FactAttribute
{
    public RequiresFactAttribute(params string[] programs)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var missing = programs.Where(program => !folders.Any(folder => File.Exists(Path.Combine(folder, program)))).ToList();
        if (missing.Count > 0)
            Skip = $"Not on the PATH: {string.Join(", ", missing)}";
    }
}
