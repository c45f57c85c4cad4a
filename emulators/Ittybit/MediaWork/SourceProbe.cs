namespace Podcast.Emulators.Ittybit.MediaWork;

/// <summary>
/// Recognises media files by their first bytes, so that a text named .mp4 is refused with and without ffmpeg. Reads MP4 and MOV
/// without tools, and other formats with ffprobe if it is installed.
/// </summary>
internal sealed class SourceProbe(MediaTools tools)
{
    public async Task<Look> Look(string path, CancellationToken cancellationToken)
    {
        var look = LookAtBytes(path);
        return look.Problem is null && look.Media?.Duration is null && tools.Ffprobe is { } ffprobe
            ? await Ffprobe.Look(ffprobe, path, cancellationToken)
            : look;
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

        return Known(start) is { } media ? new Look(media, null) : new Look(null, "format_unsupported: the source is not a media file.");
    }

    private static SourceMedia? Known(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("ID3"u8) || (start.Length > 2 && start[0] == 0xFF && (start[1] & 0xE0) == 0xE0))
            return Audio("audio/mpeg");
        if (start.StartsWith("RIFF"u8) && start[8..].StartsWith("WAVE"u8))
            return Audio("audio/wav");
        if (start.StartsWith("fLaC"u8))
            return Audio("audio/flac");
        if (start.StartsWith("OggS"u8))
            return Audio("audio/ogg");
        return start.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3])
            ? new SourceMedia("video", "video/webm", null, null, null, HasAudio: true)
            : null;
    }

    private static SourceMedia Audio(string type) => new("audio", type, null, null, null, HasAudio: true);
}
