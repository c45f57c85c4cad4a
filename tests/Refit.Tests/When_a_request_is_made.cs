using System.Text;
using System.Text.Json;
using Refit;

namespace Podcast.Refit.Tests;

public class When_a_request_is_made(EchoServer server) : IClassFixture<EchoServer>
{
    private readonly IThings things = RestService.For<IThings>(server.Anew().Client());

    [Theory]
    [InlineData("", "/things/1")]
    [InlineData("/v1", "/v1/things/1")]
    public async Task its_path_goes_below_the_base_address(string below, string target)
    {
        await RestService.For<IThings>(server.Client(below)).Read("1");

        server.Last.Target.ShouldBe(target);
        server.Last.Method.ShouldBe("GET");
    }

    [Theory]
    [InlineData("a b", "/things/a%20b")]
    [InlineData("a/b?c=d&e#f", "/things/a%2Fb%3Fc%3Dd%26e%23f")]
    [InlineData("größe", "/things/gr%C3%B6%C3%9Fe")]
    public async Task what_a_path_holds_is_escaped(string id, string target)
    {
        await things.Read(id);

        server.Last.Target.ShouldBe(target);
    }

    [Fact]
    public async Task holes_are_found_by_name_or_alias_in_any_case()
    {
        await things.ReadPart(7, "lid");

        server.Last.Target.ShouldBe("/things/7/parts/lid");
    }

    [Fact]
    public async Task query_values_are_named_escaped_and_dropped_when_null()
    {
        server.Answers(200, "[]");

        await things.List(2, "a&b", limit: null, open: true);

        server.Last.Target.ShouldBe("/things?page=2&kind=a%26b&open=True");
    }

    [Fact]
    public async Task a_query_value_goes_by_its_alias()
    {
        server.Answers(200, "[]");

        await things.List(1, limit: 50);

        server.Last.Target.ShouldBe("/things?page=1&per_page=50");
    }

    [Theory]
    [InlineData(null, "/things?sort=name")]
    [InlineData("x", "/things?sort=name&filter=x")]
    public async Task a_query_in_the_path_stays(string? filter, string target)
    {
        await things.Sorted(filter);

        server.Last.Target.ShouldBe(target);
    }

    [Fact]
    public async Task a_body_is_json_in_camel_case()
    {
        await things.Create(new Thing("ring", Day: DayOfWeek.Friday));

        server.Last.Body.ShouldBe("""{"name":"ring","size":null,"day":"friday"}""");
        server.Last.Headers["Content-Type"].ShouldBe("application/json; charset=utf-8");
        server.Last.Method.ShouldBe("POST");
    }

    [Fact]
    public async Task a_body_follows_the_settings_serializer()
    {
        var settings = new RefitSettings(new SystemTextJsonContentSerializer(
            new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.KebabCaseUpper }));

        await RestService.For<IThings>(server.Client(), settings).Replace("1", new Thing("ring", 3));

        server.Last.Body.ShouldBe("""{"NAME":"ring","SIZE":3,"DAY":null}""");
        server.Last.Method.ShouldBe("PUT");
    }

    [Fact]
    public async Task a_text_or_a_stream_is_sent_as_it_is()
    {
        await things.CreateOfText("plain \"text\"");
        server.Last.Body.ShouldBe("plain \"text\"");

        await things.CreateOfStream(new MemoryStream(Encoding.UTF8.GetBytes("bytes")));
        server.Last.Body.ShouldBe("bytes");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task only_a_buffered_body_has_a_length(bool buffered)
    {
        await RestService.For<IThings>(server.Client(), new RefitSettings { Buffered = buffered }).Create(new Thing("ring"));

        server.Last.Headers.ContainsKey("Content-Length").ShouldBe(buffered);
        server.Last.Body.ShouldContain("ring");
    }

    [Fact]
    public async Task headers_of_the_interface_are_sent()
    {
        await things.Exists("1");

        server.Last.Headers["X-Api"].ShouldBe("things");
        server.Last.Headers["X-Removed"].ShouldBe("by the method");
        server.Last.Headers["X-Both"].ShouldBe("interface");
        server.Last.Method.ShouldBe("HEAD");
    }

    [Fact]
    public async Task headers_of_the_method_replace_and_remove_them()
    {
        await things.Create(new Thing("ring"));

        server.Last.Headers["X-Api"].ShouldBe("things");
        server.Last.Headers["X-Both"].ShouldBe("method");
        server.Last.Headers.ShouldNotContainKey("X-Removed");
    }

    [Fact]
    public async Task a_header_parameter_replaces_and_its_null_removes()
    {
        await things.Change("1", new Thing("ring"), "parameter");
        server.Last.Headers["X-Both"].ShouldBe("parameter");
        server.Last.Method.ShouldBe("PATCH");

        await things.Change("1", new Thing("ring"), null);
        server.Last.Headers.ShouldNotContainKey("X-Both");
    }

    [Fact]
    public async Task a_header_cannot_begin_another()
    {
        await things.Create(new Thing("ring"), "key\r\nX-Api: forged");

        server.Last.Headers["X-Key"].ShouldBe("keyX-Api: forged");
        server.Last.Headers["X-Api"].ShouldBe("things");
    }

    [Fact]
    public async Task nothing_is_sent_without_a_base_address()
    {
        var homeless = RestService.For<IThings>(new HttpClient());

        (await Should.ThrowAsync<InvalidOperationException>(homeless.Delete("1"))).Message.ShouldContain("BaseAddress");
    }
}
