using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Podcast.Ittybit.Dialects;

/// <summary>
/// Replaces by U+FFFD what no text may hold: half a surrogate, U+0000 (PostgreSQL refuses it) and bytes that are no UTF-8. Parsing lets
/// them pass, but <see cref="JsonElement.GetString"/> and the comparing of names throw, and one bad text would cost the whole document.
/// </summary>
internal static partial class MendedJson
{
    private const string Replacement = "\\ufffd";

    // As deep as any parser that let the document pass could be told to go.
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 10_000 };

    /// <summary>The same document with good texts only; itself, if all are good.</summary>
    public static JsonElement Mended(this JsonElement body)
    {
        if (body.ValueKind == JsonValueKind.Undefined)
            return body;

        var json = JsonMarshal.GetRawUtf8Value(body);
        if (json.IndexOf("\\u"u8) < 0 && Utf8.IsValid(json))
            return body;

        var mended = Escape().Replace(
            Encoding.UTF8.GetString(json), escape => escape.Groups["bad"].Success ? Replacement : escape.Value);
        using var document = JsonDocument.Parse(mended, Deep);
        return document.RootElement.Clone();
    }

    // Every escape is matched, so that the second half of a pair and the u behind an escaped backslash are not taken for one.
    [GeneratedRegex(@"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<bad>\\u(?:[dD][89a-fA-F][0-9a-fA-F]{2}|0000))|\\.")]
    private static partial Regex Escape();
}
