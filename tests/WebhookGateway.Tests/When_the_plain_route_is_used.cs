using System.Net;
using System.Text.Json;
using Podcast.Contracts;

namespace Podcast.WebhookGateway.Tests;

/// <summary>The tutorial's own route: one address for all tasks.</summary>
public sealed class When_the_plain_route_is_used
{
    private const string Route = "/webhooks/ittybit";

    [Fact]
    public async Task a_signed_delivery_is_published_by_its_task_id()
    {
        await using var gateway = await GatewayScenario.Start();
        const string body = """{"id":"task_xyz789","status":"completed","output":{"id":"file_output123","url":"https://you.ittybit.net/a.mp3"}}""";

        var answer = await gateway.Deliver(body, Route, GatewayScenario.Signed(body));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("""{"status":"received","task_id":"task_xyz789"}""");
        var reported = gateway.Published<TaskReported>().ShouldHaveSingleItem().Context.Message;
        (reported.IttybitTaskId, reported.Outcome, reported.Status).ShouldBe(("task_xyz789", TaskOutcome.Succeeded, "completed"));
        reported.Output.ShouldBe(new TaskOutput("file_output123", new Uri("https://you.ittybit.net/a.mp3")));
    }

    [Theory]
    [InlineData("""{"status":"completed"}""", "id")]
    [InlineData("""{"id":"task_1"}""", "status")]
    public async Task a_body_without_id_or_status_is_answered_400_with_the_error(string body, string missing)
    {
        await using var gateway = await GatewayScenario.Start();

        var answer = await gateway.Deliver(body, Route, GatewayScenario.Signed(body));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        problem.GetProperty("error").GetString().ShouldNotBeNull().ShouldContain(missing);
        gateway.PublishedIds.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_file_that_names_no_task_is_ignored()
    {
        await using var gateway = await GatewayScenario.Start();
        const string body = """{"id":"file_1","object":"track","kind":"chapters","status":"ready","url":"https://you.ittybit.net/c.vtt"}""";

        var answer = await gateway.Deliver(body, Route, GatewayScenario.Signed(body));

        (await answer.Content.ReadAsStringAsync()).ShouldBe("""{"status":"ignored"}""");
        gateway.PublishedIds.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(GatewayScenario.Secret, "")]
    [InlineData(GatewayScenario.NewSecret, "")]
    [InlineData(GatewayScenario.NewSecret, "sha256=")]
    public async Task either_secret_counts_with_or_without_a_prefix(string secret, string prefix)
    {
        await using var gateway = await GatewayScenario.Start(("Webhooks:SignatureHeader", "X-Signed-By"));
        const string body = """{"id":"task_1","status":"processing"}""";
        var (_, signature) = GatewayScenario.Signed(body, secret);

        (await gateway.Deliver(body, Route, ("X-Signed-By", prefix + signature))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task no_signature_is_good_enough_where_no_secret_is_set()
    {
        await using var gateway = await GatewayScenario.Start(("Webhooks:Secrets:0", ""), ("Webhooks:Secrets:1", ""));
        const string body = """{"id":"task_1","status":"processing"}""";

        (await gateway.Deliver(body, Route)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await gateway.Deliver(body, Route, GatewayScenario.Signed(body, ""))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        gateway.PublishedIds.ShouldBeEmpty();
    }
}
