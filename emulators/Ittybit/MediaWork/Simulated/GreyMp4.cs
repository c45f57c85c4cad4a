namespace Podcast.Emulators.Ittybit.MediaWork.Simulated;

/// <summary>
/// Writes a grey picture as a valid H.264 MP4 of any size, rate and length: one key frame, then frames that repeat it.
/// </summary>
internal static class GreyMp4
{
    /// <summary>The maximum number of frames: long videos get a lower frame rate instead of a bigger file.</summary>
    private const int FramesAtMost = 3000;

    public static byte[] Write(int width, int height, double fps, TimeSpan length, bool isQuickTime)
    {
        var seconds = Math.Max(length.TotalSeconds, 1 / fps);
        var picture = new GreyPicture(width & ~1, height & ~1);
        var frames = (int)Math.Clamp(Math.Round(seconds * fps), 1, FramesAtMost);

        var samples = new List<byte[]>(frames) { picture.KeyFrame() };
        for (var number = 1; number < frames; number++)
            samples.Add(picture.SameAgain(number));
        return Mp4Writer.Write(picture, samples, seconds, isQuickTime);
    }
}
