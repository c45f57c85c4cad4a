using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Podcast.Ittybit.Dialects;

/// <summary>
/// Replaces invalid characters in strings by U+FFFD: unpaired surrogates, U+0000 (PostgreSQL cannot store it) and bytes that are
/// not UTF-8. The JSON parser accepts them, but <see cref="JsonElement.GetString"/> and property name comparisons throw, so that
/// one invalid string would make the whole document unreadable.
/// </summary>
internal static partial class MendedJson
{
    private const string Replacement = "\\ufffd";

    // Deeper than any parser that accepted the document, so that parsing it again cannot fail for its depth.
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 10_000 };

    /// <summary>The document with valid strings only; the same element if all are valid.</summary>
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

    // The pattern matches every escape, so that neither the second half of a surrogate pair nor a "u" after an escaped backslash
    // is taken for the start of an escape.
    [GeneratedRegex(@"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<bad>\\u(?:[dD][89a-fA-F][0-9a-fA-F]{2}|0000))|\\.")]
    private static partial Regex Escape();
}
