namespace Podcast.Emulators.Ittybit.Files;

/// <summary>
/// Folder and file name of a stored file. Characters that are special in URLs or file systems are replaced by dashes.
/// </summary>
internal readonly record struct FilePath(string? Folder, string Filename)
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
        var clean = new StringBuilder();
        foreach (var letter in name.Trim())
            clean.Append(char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' ? letter : '-');

        var text = clean.ToString().Trim('.');
        return text.Length == 0 ? "file" : text.Length <= 200 ? text : text[^200..];
    }
}
