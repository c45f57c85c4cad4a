using System.Text.RegularExpressions;

namespace Podcast.Emulators.Ittybit.Files;

/// <summary>
/// Folder and file name of a stored file. Characters that are special in URLs or file systems are replaced by dashes.
/// </summary>
internal readonly partial record struct FilePath(string? Folder, string Filename)
{
    public override string ToString() => Folder is null ? Filename : $"{Folder}/{Filename}";

    public static FilePath Of(string? folder, string filename)
    {
        var parts = (folder ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Sanitise);
        return new FilePath(string.Join('/', parts) is { Length: > 0 } clean ? clean : null, Sanitise(filename));
    }

    /// <summary>Splits a path; its last segment is the file name.</summary>
    public static FilePath Of(string path)
    {
        var slash = path.LastIndexOf('/');
        return slash < 0 ? Of(null, path) : Of(path[..slash], path[(slash + 1)..]);
    }

    private static string Sanitise(string name)
    {
        var text = Special().Replace(name.Trim(), "-").Trim('.');
        return text.Length == 0 ? "file" : text.Length <= 200 ? text : text[^200..];
    }

    [GeneratedRegex("[^A-Za-z0-9._-]")]
    private static partial Regex Special();
}
