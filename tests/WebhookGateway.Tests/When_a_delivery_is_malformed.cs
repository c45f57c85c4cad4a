using System.IO.Compression;
using System.Net;
using System.Text;

namespace Podcast.WebhookGateway.Tests;

public sealed class When_a_delivery_is_malformed
{
    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("no json")]
    [InlineData("""{"id":"task_1","status":"completed" """)]
    [InlineData("""[]""")]
    [InlineData("""null""")]
    [InlineData("""{"status":"completed"}""")]
    [InlineData("""{"id":"task_1"}""")]
    [InlineData("""{"id":"task_\u0000","status":"completed"}""")]
    [InlineData("""{"id":"task_1","status":"\ud800"}""")]
    public async Task it_is_answered_400_and_changes_nothing(string body)
    {
        await using var gateway = await GatewayScenario.Start();

        var answer = await gateway.Deliver(body);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        gateway.PublishedIds.ShouldBeEmpty();
        gateway.Rejections["malformed"].ShouldBe(1);
    }

    [Fact]
    public async Task bytes_that_are_no_text_are_answered_400()
    {
        await using var gateway = await GatewayScenario.Start();

        (await gateway.Deliver([.. "{\"id\":\"task_1\",\"status\":\""u8, 0xC3, 0x28, .. "\"}"u8])).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("""{"\ud800":1,"id":"task_1","status":"completed"}""")]
    [InlineData("""{"id":"task_1","status":"completed","metadata":{"\udc00":"\ud800"}}""")]
    [InlineData("""{"data":{"\ud800":"\ud800"}}""")]
    [InlineData("""{"id":"task_1","status":"completed","output":{"\udbff":1,"url":"\udbff"}}""")]
    public async Task half_a_surrogate_pair_is_no_fault_of_ours(string body)
    {
        await using var gateway = await GatewayScenario.Start();

        foreach (var to in new[] { gateway.Callback(), "/webhooks/ittybit" })
        {
            using var answer = await gateway.Deliver(body, to, GatewayScenario.Signed(body));
            ((int)answer.StatusCode).ShouldBeLessThan(500, to);
        }
    }

    [Fact]
    public async Task an_endless_id_is_answered_400()
    {
        await using var gateway = await GatewayScenario.Start();

        (await gateway.Deliver($$"""{"id":"task_{{new string('1', 200)}}","status":"completed"}""")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData(30, HttpStatusCode.OK)]
    [InlineData(40, HttpStatusCode.BadRequest)]
    [InlineData(100_000, HttpStatusCode.BadRequest)]
    public async Task nesting_has_a_limit(int depth, HttpStatusCode expected)
    {
        await using var gateway = await GatewayScenario.Start();
        var body = $$"""{"id":"task_1","status":"completed","metadata":{{new string('[', depth)}}{{new string(']', depth)}}}""";

        (await gateway.Deliver(body)).StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task another_media_type_is_answered_415()
    {
        await using var gateway = await GatewayScenario.Start();
        var form = new StringContent("id=task_1&status=completed", Encoding.UTF8, "application/x-www-form-urlencoded");

        (await gateway.Send(form, gateway.Callback())).StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task a_compressed_body_is_answered_415()
    {
        await using var gateway = await GatewayScenario.Start();
        using var zipped = new MemoryStream();
        await using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write("""{"id":"task_1","status":"completed"}"""u8);

        var answer = await gateway.Deliver(zipped.ToArray(), null, ("Content-Encoding", "gzip"));

        answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        gateway.PublishedIds.ShouldBeEmpty();
    }

    [Fact]
    public async Task another_method_is_answered_405()
    {
        await using var gateway = await GatewayScenario.Start();

        (await gateway.Client.GetAsync(gateway.Callback())).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        (await gateway.Client.GetAsync("/webhooks/ittybit")).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }
}
