namespace Podcast.Emulators.Ittybit.MediaWork.Simulated;

/// <summary>
/// Writes silence as a valid MP3 of the lowest bitrate: MPEG-2 layer III at 24 kHz and 8 kb/s, frames of 24 bytes and 24 ms
/// with an all-zero side information, which means that there is nothing to decode.
/// </summary>
internal static class SilentMp3
{
    private const int FrameBytes = 24;
    private const int FrameMilliseconds = 24;
    private const int FirstAncillaryByte = 21; // after the header and the side information of stereo

    /// <param name="fillers">Makes the ancillary bytes of the frames, which no player reads; null: they are zero.</param>
    public static void Write(Stream stream, TimeSpan length, int channels, Random? fillers = null)
    {
        Span<byte> frame = stackalloc byte[FrameBytes];
        frame.Clear();
        frame[0] = 0xFF;                                  // sync
        frame[1] = 0xF3;                                  // sync, MPEG-2, layer III, no checksum
        frame[2] = 0x14;                                  // 8 kb/s, 24 kHz
        frame[3] = (byte)(channels == 1 ? 0xC0 : 0x00);   // mono or stereo

        for (var frames = (long)Math.Max(1, Math.Round(length.TotalMilliseconds / FrameMilliseconds)); frames > 0; frames--)
        {
            for (var i = FirstAncillaryByte; fillers is not null && i < FrameBytes; i++)
                frame[i] = (byte)fillers.Next(0xFF); // never 0xFF, with which a frame begins
            stream.Write(frame);
        }
    }
}
