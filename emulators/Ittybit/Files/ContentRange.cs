using System.Text.RegularExpressions;

namespace Podcast.Emulators.Ittybit.Files;

/// <summary>
/// The bytes of a file that a PUT contains; both ends are inclusive. Ittybit's guide writes <c>bytes=0-99/200</c>, HTTP <c>bytes
/// 0-99/200</c>.
/// </summary>
internal readonly partial record struct ContentRange(long From, long To, long Total)
{
    public long Length => To - From + 1;

    /// <summary>Reads the header; false if it is present but invalid.</summary>
    public static bool TryRead(string? header, out ContentRange? range)
    {
        range = null;
        if (string.IsNullOrEmpty(header))
            return true;

        var match = Pattern().Match(header);
        if (!match.Success
            || !TryRead(match.Groups[1], out var from) || !TryRead(match.Groups[2], out var to) || !TryRead(match.Groups[3], out var total)
            || from > to || to >= total)
            return false;

        range = new ContentRange(from, to, total);
        return true;
    }

    private static bool TryRead(Group digits, out long number) =>
        long.TryParse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    [GeneratedRegex(@"^bytes[ =](\d+)-(\d+)/(\d+)$")]
    private static partial Regex Pattern();
}
