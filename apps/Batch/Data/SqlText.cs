namespace Podcast.Batch.Data;

/// <summary>Makes names from the command line safe for SQL.</summary>
internal static class SqlText
{
    /// <summary>Quotes an identifier.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Splits <c>schema.table</c>.</summary>
    public static (string? Schema, string Table) Split(string table) => table.Split('.') switch
    {
        [{ Length: > 0 } name] => (null, name),
        [{ Length: > 0 } schema, { Length: > 0 } name] => (schema, name),
        _ => throw new UsageException($"--table '{table}' is neither TABLE nor SCHEMA.TABLE."),
    };

    /// <summary>Replaces all characters but ASCII letters, digits, _ and - by _, for refs and queue names.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (var letter in text)
            plain.Append(char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' ? letter : '_');
        return plain.ToString();
    }
}
