namespace Podcast.Emulators.Ittybit.Kinds;

/// <summary>The size of a picture that a task makes.</summary>
internal static class PictureSize
{
    /// <summary>
    /// The requested size. A missing side follows from the aspect ratio of the source; both sides are even, as H.264 requires.
    /// </summary>
    public static (int Width, int Height) Of(TaskOptions options, SourceMedia source)
    {
        double width = source.Width ?? 1280, height = source.Height ?? 720;
        var (wantedWidth, wantedHeight) = (options.Number("width"), options.Number("height"));
        return (
            Even(wantedWidth ?? (wantedHeight * width / height) ?? width),
            Even(wantedHeight ?? (wantedWidth * height / width) ?? height));

        static int Even(double side) => Math.Max(2, (int)Math.Round(side / 2) * 2);
    }

    /// <summary>The filters of ffmpeg that scale the picture to fit and letterbox it.</summary>
    public static string Fitted(int width, int height)
    {
        var size = $"{width}:{height}";
        return $"scale={size}:force_original_aspect_ratio=decrease,pad={size}:(ow-iw)/2:(oh-ih)/2,setsar=1";
    }
}
