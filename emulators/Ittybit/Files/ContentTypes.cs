using Microsoft.AspNetCore.StaticFiles;

namespace Podcast.Emulators.Ittybit.Files;

/// <summary>Derives content types from file names, for files that the probe does not recognise.</summary>
internal static class ContentTypes
{
    private static readonly FileExtensionContentTypeProvider Known = new();

    public static string Of(string filename) => Known.TryGetContentType(filename, out var type) ? type : "application/octet-stream";
}
