namespace Podcast.Batch.Cli;

/// <summary>
/// Reads a Laravel project's <c>.env</c> file, such as <c>ITTYBIT_API_KEY=…</c>. All variables are read, as from the environment,
/// so that misspelt settings are reported.
/// </summary>
internal static class EnvFile
{
    public static Dictionary<string, string?> Read(string path)
    {
        var settings = new Dictionary<string, string?>();
        if (!File.Exists(path))
            return settings;

        foreach (var line in File.ReadLines(path))
        {
            var (name, value) = (line.Split('=')[0].Trim(), line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim());
            if (line.Contains('=', StringComparison.Ordinal) && name is not ['#', ..])
                settings[name.Replace("__", ":", StringComparison.Ordinal)] = Unquoted(value);
        }

        return settings;
    }

    private static string Unquoted(string value) =>
        value is ['"' or '\'', .., var last] && last == value[0] && value.Length > 1 ? value[1..^1] : value;
}
