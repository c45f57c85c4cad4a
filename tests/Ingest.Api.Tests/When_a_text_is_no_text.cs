using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Podcast.Contracts;
using Podcast.Ingest.Api.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Ingest.Api.Tests;

/// <summary>Half a surrogate pair, bytes that are not UTF-8, U+0000: wherever a caller can put them they are the caller's mistake.</summary>
public sealed partial class When_a_text_is_no_text(IngestHost host) : IClassFixture<IngestHost>
{
    private static readonly byte[] latin = [0xFF];
    private static readonly byte[] overlong = [0xC0, 0x80];
    private static readonly byte[] surrogate = [0xED, 0xA0, 0x80];

    private static readonly byte[][] bodies =
    [
        .. from name in new[] { "\\ud800"u8.ToArray(), "\\udc00\\ud800"u8.ToArray(), "title\\udbff"u8.ToArray(), "\\u0000"u8.ToArray(), latin, overlong, surrogate }
        from body in new[] { "{\"#\":1}", "{\"#\":\"x\",\"#\":\"x\"}", """{"title":"T","url":"https://example.com/a.mp4","why":"w","#":{}}""" }
        select Put(body, name),
        .. from value in new[] { "\\ud800"u8.ToArray(), "\\udfff\\ud800"u8.ToArray(), latin, overlong, surrogate }
        from body in new[] { """{"title":"#"}""", """{"why":"#"}""", """{"url":"https://example.com/#"}""", """{"tasks":["#"]}""", """{"tasks":[{"#":"#"}],"why":["#"]}""" }
        select Put(body, value),
        Put("{\"#\":1}", Encoding.UTF8.GetBytes(new string('a', 99) + "😀")), // a name that is cut where it is told
    ];

    [Fact]
    public async Task in_a_body_it_is_a_400_at_every_route()
    {
        using var client = host.ClientOf("ann", role: "operator");
        var routes = Routes("POST").ToList();
        routes.Count.ShouldBeGreaterThan(5);

        foreach (var (route, body) in routes.SelectMany(_ => bodies, (route, body) => (route, body)))
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var answer = await client.PostAsync(new Uri(route, UriKind.Relative), content);

            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, $"{route} {Encoding.Latin1.GetString(body)}");
            answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        }
    }

    [Theory]
    [InlineData("a%00.mp4")]
    [InlineData("a%0a.mp4")]
    public async Task in_a_name_at_an_address_it_is_no_name(string name)
    {
        using var client = host.ClientOf("ann");
        var title = $"T {Guid.NewGuid()}";

        await (await client.Post("/episodes", new { url = $"https://example.com/{name}", title })).Answer(HttpStatusCode.Accepted);

        await Eventually.Holds(() => host.Published<EpisodeUploaded>().Any(e => e.Title == title), "it is announced");
        var source = host.Published<EpisodeUploaded>().Single(e => e.Title == title).Source;
        (source.Filename, source.Url!.OriginalString).ShouldBe((null, $"https://example.com/{name}"));
    }

    [Theory]
    [InlineData("%FF")]
    [InlineData("%ED%A0%80")]
    [InlineData("%00")]
    [InlineData("%C0%80")]
    [InlineData("%")]
    [InlineData("\u00ff")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA!")] // as long as a cursor
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    public async Task in_an_address_it_breaks_no_route(string text)
    {
        var paths = (await host.Anonymous().Get("/openapi/v1.json"))["paths"]!.AsObject();
        var queries = paths.Select(path => path.Value!["get"]?["parameters"]).OfType<JsonArray>().SelectMany(array => array)
            .Where(parameter => (string?)parameter!["in"] == "query").Select(parameter => (string)parameter!["name"]!).Distinct().ToList();
        queries.ShouldContain("q");
        foreach (var route in Routes("GET"))
        {
            foreach (var query in queries.Append(text))
                (await Status($"GET {route}?{query}={text}")).ShouldBeLessThan(500, $"{route}?{query}");
            (await Status($"GET {route}/{text}")).ShouldBeLessThan(500, route);
        }
    }

    [Theory]
    [InlineData("Accept: \u00ff, text/\u00ff;q=\u00ff")]
    [InlineData("Authorization: Bearer \u00ff")]
    [InlineData("Idempotency-Key: \u00ff")]
    [InlineData("Idempotency-Key: \u00ed\u00a0\u0080")]
    [InlineData("Content-Type: \u00ff")]
    [InlineData("Content-Type: application/json; charset=\u00ff")]
    [InlineData("traceparent: \u00ff")]
    [InlineData("\u00ff: x")]
    public async Task in_a_header_it_breaks_no_route(string header)
    {
        foreach (var request in Routes("GET").Select(route => $"GET {route}").Concat(Routes("POST").Select(route => $"POST {route}")))
            (await Status(request, header)).ShouldBeLessThan(500, request);
    }

    /// <summary>The status of the answer to a request whose letters are its bytes, which no client would send.</summary>
    private async Task<int> Status(string request, string? header = null)
    {
        using var anonymous = host.Anonymous();
        var token = header?.StartsWith("Authorization", StringComparison.Ordinal) == true
            ? "" : $"Authorization: Bearer {Tokens.Of("ann", role: "operator")}\r\n";
        using var connection = new TcpClient();
        await connection.ConnectAsync(anonymous.BaseAddress!.Host, anonymous.BaseAddress.Port);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(
            $"{request} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 2\r\n{token}{header ?? "X: y"}\r\n\r\n{{}}"));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return int.Parse((await reader.ReadLineAsync())!.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    /// <summary>Every route of ours, as an address of an episode that is not there, and of the lane that is.</summary>
    private IEnumerable<string> Routes(string method) =>
        host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains(method) == true)
            .Select(route => Parameter().Replace(
                $"/{route.RoutePattern.RawText!.Trim('/')}", part => part.Value switch
                {
                    var id when id.Contains("guid") => $"{Guid.NewGuid()}",
                    var number when number.Contains("long") => "1",
                    _ => "ittybit",
                }))
            .Distinct();

    private static byte[] Put(string body, byte[] text) =>
        [.. Encoding.UTF8.GetBytes(body).SelectMany(one => one == (byte)'#' ? text : [one])];

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
