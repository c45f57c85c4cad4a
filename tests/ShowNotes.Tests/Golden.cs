using System.Runtime.CompilerServices;

namespace Podcast.ShowNotes.Tests;

/// <summary>What leaves us, as files to be read by people: PODCAST_WRITE_GOLDEN=1 writes them anew; look at the diff.</summary>
internal static class Golden
{
    public static void Check(string name, string actual, [CallerFilePath] string here = "") =>
        Check(name, Encoding.UTF8.GetBytes(actual), here);

    public static void Check(string name, ReadOnlySpan<byte> actual, [CallerFilePath] string here = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(here)!, "golden", name);
        if (Environment.GetEnvironmentVariable("PODCAST_WRITE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, actual);
        }

        Encoding.UTF8.GetString(actual).ShouldBe(File.ReadAllText(path), $"golden/{name}");
    }
}
