using System.Net;

namespace Podcast.WebhookGateway.Tests;

public sealed class When_a_delivery_is_not_genuine
{
    private const string Body = """{"id":"task_private","status":"completed"}""";

    [Theory]
    [InlineData(3)] // the episode
    [InlineData(4)] // the task
    [InlineData(5)] // the attempt
    [InlineData(6)] // the token
    public async Task a_path_that_was_tampered_with_is_refused(int part)
    {
        await using var gateway = await GatewayScenario.Start();
        var parts = gateway.Callback().Split('/');
        parts[part] = part switch { 3 => Guid.NewGuid().ToString(), 4 => "video_transcode", 5 => "2", _ => new string('A', 22) };

        var answer = await gateway.Deliver(Body, string.Join('/', parts));

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        gateway.PublishedIds.ShouldBeEmpty();
        gateway.Rejections["token"].ShouldBe(1);
    }

    [Fact]
    public async Task its_body_is_not_even_parsed()
    {
        await using var gateway = await GatewayScenario.Start();

        (await gateway.Deliver("no json", gateway.Callback() + "x")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await gateway.Deliver("no json", "/webhooks/ittybit", GatewayScenario.Signed(Body))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task a_wrong_signature_counts_even_beside_a_right_token()
    {
        await using var gateway = await GatewayScenario.Start();

        (await gateway.Deliver(Body, headers: GatewayScenario.Signed(Body, "wrong"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await gateway.Deliver(Body, headers: GatewayScenario.Signed(Body))).StatusCode.ShouldBe(HttpStatusCode.OK);

        gateway.Rejections["signature"].ShouldBe(1);
    }

    [Fact]
    public async Task callback_without_required_signature_is_refused()
    {
        await using var gateway = await GatewayScenario.Start(("WebhookGateway:RequireSignature", "true"));

        (await gateway.Deliver(Body)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await gateway.Deliver(Body, headers: GatewayScenario.Signed(Body))).StatusCode.ShouldBe(HttpStatusCode.OK);

        gateway.Rejections["signature_missing"].ShouldBe(1);
    }

    [Fact]
    public async Task a_signature_of_another_body_is_refused()
    {
        await using var gateway = await GatewayScenario.Start();

        var answer = await gateway.Deliver(Body + " ", "/webhooks/ittybit", GatewayScenario.Signed(Body));

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        gateway.Rejections["signature"].ShouldBe(1);
    }

    [Theory]
    [InlineData("203.0.113.0/24", HttpStatusCode.Forbidden)]
    [InlineData("127.0.0.0/8", HttpStatusCode.OK)]
    public async Task only_allowed_networks_may_deliver(string network, HttpStatusCode expected)
    {
        await using var gateway = await GatewayScenario.Start(("WebhookGateway:AllowedNetworks:0", network));

        (await gateway.Deliver(Body)).StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task the_answer_and_the_log_hold_nothing_of_it()
    {
        await using var gateway = await GatewayScenario.Start();
        var header = GatewayScenario.Signed(Body, "wrong");
        var address = gateway.Callback();
        var forged = address[..^4] + "AAAA";

        var unsigned = await (await gateway.Deliver(Body, address, header)).Content.ReadAsStringAsync();
        var untokened = await (await gateway.Deliver(Body, forged, header)).Content.ReadAsStringAsync();
        await gateway.Client.GetAsync(address);

        gateway.Log.Text.ShouldContain("Rejected a delivery on callback");
        foreach (var secret in new[] { "task_private", header.Value, address.Split('/')[^1], forged.Split('/')[^1], GatewayScenario.Secret })
        {
            gateway.Log.Text.ShouldNotContain(secret);
            (unsigned + untokened).ShouldNotContain(secret);
        }
    }
}
