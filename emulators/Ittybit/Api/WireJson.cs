using System.Text.Encodings.Web;

namespace Podcast.Emulators.Ittybit.Api;

/// <summary>Writes JSON as other services do: <c>&amp;</c> in URLs and non-ASCII letters are not escaped.</summary>
internal static class WireJson
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text(JsonNode json) => json.ToJsonString(Options);
}
