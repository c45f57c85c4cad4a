using CsvHelper;
using CsvHelper.Configuration;

namespace Podcast.Batch.Files;

/// <summary>Reads addresses from CSV: from the column <c>url</c> if there is a header line, else from the first column.</summary>
internal static class CsvUrls
{
    private static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture)
    {
        HasHeaderRecord = false,
        TrimOptions = TrimOptions.Trim,
        BadDataFound = null,
    };

    /// <param name="column">The name of the table's address column, accepted as an alternative to <c>url</c>.</param>
    /// <exception cref="UsageException">The file is not CSV, or its first line holds neither the column nor an
    /// address.</exception>
    public static IEnumerable<(int Line, string Url)> Read(TextReader file, string column)
    {
        using var csv = new CsvReader(file, Format);
        if (!Next(csv))
            yield break;

        var first = csv.Parser.Record!;
        first[0] = first[0].TrimStart('\uFEFF'); // a file may start with two byte order marks
        var index = Array.FindIndex(first, field =>
            field.Equals("url", StringComparison.OrdinalIgnoreCase) || field.Equals(column, StringComparison.OrdinalIgnoreCase));
        if (index < 0)
        {
            if (MediaUrl.Problem(first[0]) is not null)
                throw new UsageException(
                    $"The first line names no column url, and '{MediaUrl.Shown(EncodedText.Shown(first[0]))}' is no address.{Hint(first[0])}");
            index = 0;
            yield return (csv.Parser.RawRow, first[0]);
        }

        while (Next(csv))
            yield return (csv.Parser.RawRow, csv.Parser.Record!.ElementAtOrDefault(index) ?? "");
    }

    private static string Hint(string field) => field.Contains('\0', StringComparison.Ordinal)
        ? " It looks like UTF-16 without a byte order mark: --encoding utf-16, or utf-16BE."
        : "";

    private static bool Next(CsvReader csv)
    {
        try
        {
            return csv.Read();
        }
        catch (CsvHelperException exception)
        {
            throw new UsageException($"Line {csv.Parser.RawRow} is no CSV.", ExitCodes.Usage, exception);
        }
    }
}
