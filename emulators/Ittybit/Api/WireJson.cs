using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Podcast.Emulators.Ittybit.Api;

/// <summary>JSON as other services write it: <c>&amp;</c> in a URL and letters beyond ASCII stay as they are.</summary>
internal static class WireJson
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text(JsonNode json) => json.ToJsonString(Options);
}
