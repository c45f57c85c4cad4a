using System.CommandLine.Parsing;

namespace Podcast.Standalone.Process;

/// <summary>The argument of <c>process</c>: a file that can be read.</summary>
internal static class VideoFile
{
    public static void Validate(ArgumentResult result)
    {
        var path = result.Tokens is [var token, ..] ? token.Value : "";
        if (Directory.Exists(path))
            result.AddError($"{path} is a directory, not a video file.");
        else if (!File.Exists(path))
            result.AddError($"There is no file {path}.");
        else if (new FileInfo(path).Length == 0)
            result.AddError($"{path} is empty.");
        else if (WhyUnreadable(path) is { } why)
            result.AddError(why);
    }

    private static string? WhyUnreadable(string path)
    {
        try
        {
            File.OpenRead(path).Dispose();
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"{path} cannot be read: {failure.Message}";
        }
    }
}
