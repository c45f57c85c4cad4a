namespace Podcast.Emulators.Ittybit.MediaWork.Simulated;

/// <summary>
/// Writes silence as a valid MP3 of the lowest bitrate: MPEG-2 layer III at 24 kHz and 8 kb/s, frames of 24 bytes and 24 ms
/// with an all-zero side information, which means that there is nothing to decode.
/// </summary>
internal static class SilentMp3
{
    private const int FrameBytes = 24;
    private const int FrameMilliseconds = 24;

    public static void Write(Stream stream, TimeSpan length, int channels)
    {
        Span<byte> frame = stackalloc byte[FrameBytes];
        frame.Clear();
        frame[0] = 0xFF;                                  // sync
        frame[1] = 0xF3;                                  // sync, MPEG-2, layer III, no checksum
        frame[2] = 0x14;                                  // 8 kb/s, 24 kHz
        frame[3] = (byte)(channels == 1 ? 0xC0 : 0x00);   // mono or stereo

        for (var frames = (long)Math.Max(1, Math.Round(length.TotalMilliseconds / FrameMilliseconds)); frames > 0; frames--)
            stream.Write(frame);
    }
}
