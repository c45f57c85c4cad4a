using System.Text;
using Podcast.Batch.Cli;

namespace Podcast.Batch.Data;

/// <summary>Names from the command line, made safe for SQL.</summary>
internal static class SqlText
{
    /// <summary>A name in quotes.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary><c>schema.table</c> in its parts.</summary>
    public static (string? Schema, string Table) Split(string table) => table.Split('.') switch
    {
        [{ Length: > 0 } name] => (null, name),
        [{ Length: > 0 } schema, { Length: > 0 } name] => (schema, name),
        _ => throw new UsageException($"--table '{table}' is neither TABLE nor SCHEMA.TABLE."),
    };

    /// <summary>Letters, digits, _ and - only, for refs and names of queues.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (var letter in text)
            plain.Append(char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' ? letter : '_');
        return plain.ToString();
    }
}
