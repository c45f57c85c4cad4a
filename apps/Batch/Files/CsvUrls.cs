using CsvHelper;
using CsvHelper.Configuration;

namespace Podcast.Batch.Files;

/// <summary>Reads addresses from CSV: from the column <c>url</c> if there is a header line, else from the first column.</summary>
internal static class CsvUrls
{
    private static readonly CsvConfiguration Format =
        new(CultureInfo.InvariantCulture) { HasHeaderRecord = false, TrimOptions = TrimOptions.Trim, BadDataFound = null };

    /// <param name="column">The name of the table's address column, accepted as an alternative to <c>url</c>.</param>
    /// <exception cref="UsageException">The first line holds neither the column nor an address.</exception>
    public static IEnumerable<(int Line, string Url)> Read(TextReader file, string column)
    {
        using var csv = new CsvReader(file, Format);
        if (!csv.Read())
            yield break;

        var first = csv.Parser.Record!;
        first[0] = first[0].TrimStart('\uFEFF'); // a file may start with two byte order marks
        var index = Array.FindIndex(first, field =>
            field.Equals("url", StringComparison.OrdinalIgnoreCase) || field.Equals(column, StringComparison.OrdinalIgnoreCase));
        if (index < 0)
        {
            if (MediaUrl.Problem(first[0]) is not null)
            {
                var hint = first[0].Contains('\0', StringComparison.Ordinal)
                    ? " It looks like UTF-16 without a byte order mark: --encoding utf-16, or utf-16BE."
                    : "";
                throw new UsageException(
                    $"The first line names no column url, and '{MediaUrl.Shown(EncodedText.Shown(first[0]))}' is no address.{hint}");
            }

            index = 0;
            yield return (csv.Parser.RawRow, first[0]);
        }

        while (csv.Read())
            yield return (csv.Parser.RawRow, csv.Parser.Record!.ElementAtOrDefault(index) ?? "");
    }
}
