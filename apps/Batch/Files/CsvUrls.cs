using CsvHelper;
using CsvHelper.Configuration;

namespace Podcast.Batch.Files;

/// <summary>Reads addresses from CSV: from the column <c>url</c> if there is a header line, else one address from each line.</summary>
internal static class CsvUrls
{
    /// <param name="column">The name of the table's address column, accepted as an alternative to <c>url</c>.</param>
    /// <returns>The number of each record's first line, its address, and why the record cannot be trusted; null if it can.</returns>
    /// <exception cref="UsageException">The first line holds neither the column nor an address, or its quotes do not match.</exception>
    public static IEnumerable<(int Line, string Url, string? Problem)> Read(TextReader file, string column)
    {
        var isBad = false;
        using var csv = new CsvReader(file, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            HasHeaderRecord = false,
            TrimOptions = TrimOptions.Trim,
            IgnoreBlankLines = false, // else the parser does not say on which line a record begins
            BadDataFound = bad => isBad |= bad.Field.StartsWith('"'),
        });
        var (index, names) = (-1, 0);
        for (var line = 1; csv.Read(); line = csv.Parser.RawRow + 1)
        {
            isBad = false;
            if (string.IsNullOrWhiteSpace(csv.Parser.RawRecord))
                continue;

            var fields = csv.Parser.Record!;
            var problem = OpenQuote(csv.Parser, line, isBad);
            if (index < 0)
            {
                fields[0] = fields[0].TrimStart('\uFEFF'); // a file may start with two byte order marks
                index = Array.FindIndex(fields, field =>
                    field.Equals("url", StringComparison.OrdinalIgnoreCase) || field.Equals(column, StringComparison.OrdinalIgnoreCase));
                if (index >= 0 && problem is not null)
                    throw new UsageException($"Line {line} cannot be read. {problem}");
                if (index >= 0)
                {
                    names = fields.Length;
                    continue;
                }

                index = 0;
                RequireAddress(fields[0]);
            }

            yield return (line, fields.ElementAtOrDefault(index) ?? "", problem ?? TooMany(fields.Length, names));
        }
    }

    /// <summary>A quote that is not closed takes the lines up to the next quote, or to the end of the file, into its field.</summary>
    private static string? OpenQuote(IParser record, int line, bool isBad)
    {
        var text = record.RawRecord.TrimEnd('\r', '\n');
        var isOdd = text.Count(letter => letter == '"') % 2 == 1;
        var last = line + text.Count(letter => letter == '\n');
        return record.RawRow == line
            ? isBad && isOdd ? "It has a quote without its match." : null
            : isBad || isOdd ? $"It has a quote without its match: nothing is taken from here to line {last}." : null;
    }

    private static string? TooMany(int fields, int names) =>
        names > 0 && fields > names ? $"It has {fields} fields, but there are {names} names: what has a comma in it needs quotes."
        : names == 0 && fields > 1
            ? $"It has {fields} fields: an address with a comma needs quotes, and a file with more columns a first line that names url."
        : null;

    private static void RequireAddress(string first)
    {
        if (MediaUrl.Problem(first) is null)
            return;

        var hint = first.Contains('\0', StringComparison.Ordinal)
            ? " It looks like UTF-16 without a byte order mark: --encoding utf-16, or utf-16BE."
            : "";
        throw new UsageException(
            $"The first line names no column url, and '{MediaUrl.Shown(EncodedText.Shown(first))}' is no address.{hint}");
    }
}
