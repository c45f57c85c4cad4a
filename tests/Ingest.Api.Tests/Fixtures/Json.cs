using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Podcast.Ingest.Api.Tests.Fixtures;

/// <summary>Requests and answers as they are on the wire.</summary>
internal static class Json
{
    public static async Task<JsonNode> Get(this HttpClient client, string path)
    {
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
        return await response.Answer(HttpStatusCode.OK);
    }

    public static Task<HttpResponseMessage> Post(this HttpClient client, string path, string? body = null, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return client.SendAsync(request);
    }

    public static Task<HttpResponseMessage> Post(this HttpClient client, string path, object body, string? key = null) =>
        client.Post(path, JsonSerializer.Serialize(body), key);

    public static async Task<HttpResponseMessage> Put(this HttpClient client, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await client.PutAsync(new Uri(path, UriKind.Relative), content);
    }

    public static async Task<JsonNode> Answer(this HttpResponseMessage response, HttpStatusCode expected)
    {
        var body = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(expected, body);
        return JsonNode.Parse(body)!;
    }

    /// <summary>The problem that the answer is, checked for its form.</summary>
    public static async Task<JsonNode> Problem(this HttpResponseMessage response, HttpStatusCode expected)
    {
        var problem = await response.Answer(expected);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        ((int)problem["status"]!).ShouldBe((int)expected);
        return problem;
    }

    /// <summary>The names of the fields that a 400 refuses.</summary>
    public static async Task<string[]> RefusedFields(this HttpResponseMessage response) =>
        [.. (await response.Problem(HttpStatusCode.BadRequest))["errors"]!.AsObject().Select(error => error.Key).Order()];
}
