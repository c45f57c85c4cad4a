using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Podcast.Emulators.Tests.Ittybit.Support;

/// <summary>An answer, read to its end.</summary>
internal sealed record Answer(HttpStatusCode Status, string Text, HttpResponseHeaders Headers, string Allow)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string ErrorMessage => (string?)Json["error"]?["message"] ?? "";

    public static async Task<Answer> Of(HttpResponseMessage response) =>
        new(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers,
            string.Join(", ", response.Content.Headers.Allow));
}
