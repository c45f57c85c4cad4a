namespace Podcast.Emulators.Tests.Ittybit.Support;

/// <summary>The repository's sample: 24 s, 1280x720, three pictures, speech with pauses.</summary>
internal static class Sample
{
    public static readonly string Path = System.IO.Path.Combine(AppContext.BaseDirectory, "episode.mp4");

    public static readonly byte[] Episode = File.ReadAllBytes(Path);

    public const double Seconds = 24.332;
}
