using Microsoft.AspNetCore.StaticFiles;

namespace Podcast.Emulators.Ittybit.Files;

/// <summary>Content types by file name, for files that the probe does not know.</summary>
internal static class ContentTypes
{
    private static readonly FileExtensionContentTypeProvider Known = new();

    public static string Of(string filename) => Known.TryGetContentType(filename, out var type) ? type : "application/octet-stream";
}
