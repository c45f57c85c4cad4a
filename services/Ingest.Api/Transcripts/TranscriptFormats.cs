using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Podcast.Ingest.Api.Transcripts;

/// <summary>The formats of a transcript, by their names in the query parameter <c>format</c>.</summary>
internal static class TranscriptFormats
{
    public const string Text = "text";
    public const string Json = "json";
    public const string Vtt = "vtt";

    private static readonly (string Name, MediaTypeHeaderValue Type)[] all =
        [(Text, new("text/plain")), (Json, new("application/json")), (Vtt, new("text/vtt"))];

    /// <summary>
    /// The format that an <c>Accept</c> header prefers; text if the header is missing, invalid or prefers none. Null if it
    /// accepts no format.
    /// </summary>
    public static string? OfAccept(StringValues accept)
    {
        if (StringValues.IsNullOrEmpty(accept) || !MediaTypeHeaderValue.TryParseList(accept, out var wanted))
            return Text;

        return all
            .Select(format => (format.Name, Liking: Liking(wanted, format.Type)))
            .Where(format => format.Liking > 0)
            .OrderByDescending(format => format.Liking)
            .Select(format => format.Name)
            .FirstOrDefault();
    }

    // The most specific matching range decides (RFC 9110, 12.5.1): "*/*, text/plain;q=0" accepts anything but plain text.
    private static double Liking(IList<MediaTypeHeaderValue> wanted, MediaTypeHeaderValue type) => wanted
        .Where(range => type.IsSubsetOf(new MediaTypeHeaderValue(range.MediaType)))
        .OrderBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0)
        .Select(range => range.Quality ?? 1)
        .FirstOrDefault();
}
