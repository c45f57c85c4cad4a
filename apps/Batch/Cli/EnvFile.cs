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
        foreach (var line in File.Exists(path) ? File.ReadLines(path) : [])
        {
            if (line.Split('=', 2, StringSplitOptions.TrimEntries) is [not ['#', ..] and var name, var value])
                settings[name.Replace("__", ":", StringComparison.Ordinal)] = Unquoted(value);
        }

        return settings;
    }

    private static string Unquoted(string value) =>
        value is ['"' or '\'', .., var last] && last == value[0] ? value[1..^1] : value;
}
