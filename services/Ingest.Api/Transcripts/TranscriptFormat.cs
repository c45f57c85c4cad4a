using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Podcast.Ingest.Api.Transcripts;

internal enum TranscriptFormat
{
    Text,
    Json,
    Vtt,
}

/// <summary>Selects the format by query parameter or <c>Accept</c> header.</summary>
internal static class TranscriptFormats
{
    private static readonly (TranscriptFormat Format, string Word, MediaTypeHeaderValue Type)[] all =
    [
        (TranscriptFormat.Text, "text", new("text/plain")),
        (TranscriptFormat.Json, "json", new("application/json")),
        (TranscriptFormat.Vtt, "vtt", new("text/vtt")),
    ];

    public static string Words { get; } = string.Join(", ", all.Select(format => format.Word));

    public static string Types { get; } = string.Join(", ", all.Select(format => format.Type.MediaType));

    public static TranscriptFormat? OfWord(string word) =>
        all.Where(format => format.Word == word).Select(format => (TranscriptFormat?)format.Format).FirstOrDefault();

    /// <summary>
    /// The format that an <c>Accept</c> header prefers; text if the header is missing, invalid or prefers none. Null if it
    /// accepts no format.
    /// </summary>
    public static TranscriptFormat? OfAccept(StringValues accept)
    {
        if (StringValues.IsNullOrEmpty(accept) || !MediaTypeHeaderValue.TryParseList(accept, out var wanted))
            return TranscriptFormat.Text;

        return all
            .Select(format => (format.Format, Liking: Liking(wanted, format.Type)))
            .Where(format => format.Liking > 0)
            .OrderByDescending(format => format.Liking)
            .Select(format => (TranscriptFormat?)format.Format)
            .FirstOrDefault();
    }

    // The most specific matching range decides (RFC 9110, 12.5.1): "*/*, text/plain;q=0" accepts anything but plain text.
    private static double Liking(IList<MediaTypeHeaderValue> wanted, MediaTypeHeaderValue type) => wanted
        .Where(range => type.IsSubsetOf(new MediaTypeHeaderValue(range.MediaType)))
        .OrderBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0)
        .Select(range => range.Quality ?? 1)
        .FirstOrDefault();
}
