using System.Text.RegularExpressions;

namespace Podcast.Emulators.YouTube.Uploads;

/// <summary>
/// The Content-Range of a request to a session URI: <c>bytes 0-99/200</c>, <c>bytes 0-99/*</c>, or, with an empty body,
/// <c>bytes */200</c> and <c>bytes */*</c>, which ask how much is stored. Without the header the body is the whole media.
/// </summary>
/// <param name="From">The position of the first byte.</param>
/// <param name="Length">The number of bytes; null: to the end of the body.</param>
/// <param name="Total">The length of the media; null: not known yet.</param>
internal sealed partial record UploadRange(long From, long? Length, long? Total, bool IsQuery = false)
{
    /// <summary>The unit of chunks: 256 KiB.</summary>
    public const long Unit = 262_144;

    /// <summary>Whether the media ends with this request.</summary>
    public bool IsLast => Length is null || From + Length == Total;

    public bool IsWellFormed => IsQuery || Length is null || (Length > 0 && (IsLast || (Length % Unit == 0 && !(From + Length > Total))));

    public static UploadRange? Of(HttpRequest request)
    {
        var header = request.Headers.ContentRange.ToString();
        if (header.Length == 0)
            return new UploadRange(0, request.ContentLength, request.ContentLength);
        if (Form().Match(header) is not { Success: true } match)
            return null;

        long? Number(string name) => long.TryParse(match.Groups[name].ValueSpan, out var number) ? number : null;
        if (Number("from") is not { } from || Number("to") is not { } to)
            return request.ContentLength > 0 ? null : new UploadRange(0, 0, Number("total"), IsQuery: true);
        var length = to - from + 1;
        return request.ContentLength is { } sent && sent != length ? null : new UploadRange(from, length, Number("total"));
    }

    [GeneratedRegex(@"^bytes ((?<from>\d{1,18})-(?<to>\d{1,18})|\*)/((?<total>\d{1,18})|\*)$")]
    private static partial Regex Form();
}
