namespace Podcast.Batch.Cli;

/// <summary>The settings of ours in a Laravel project's <c>.env</c>: <c>ITTYBIT_API_KEY=…</c>. Its others are not ours to read.</summary>
internal static class EnvFile
{
    private static readonly string[] Ours = ["ITTYBIT_", "PODCAST_BATCH_", "Ittybit__", "Webhooks__", "ConnectionStrings__"];

    public static Dictionary<string, string?> Read(string path)
    {
        var settings = new Dictionary<string, string?>();
        if (!File.Exists(path))
            return settings;

        foreach (var line in File.ReadLines(path))
        {
            var (name, value) = (line.Split('=')[0].Trim(), line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim());
            if (line.Contains('=', StringComparison.Ordinal) && Ours.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
                settings[name.Replace("__", ":", StringComparison.Ordinal)] = Unquoted(value);
        }

        return settings;
    }

    private static string Unquoted(string value) =>
        value is ['"' or '\'', .., var last] && last == value[0] && value.Length > 1 ? value[1..^1] : value;
}
