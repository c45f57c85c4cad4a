using System.Net;

namespace Podcast.WebhookGateway.Tests;

public sealed class When_the_broker_does_not_answer
{
    private const string Body = """{"id":"task_1","status":"completed"}""";

    [Fact]
    public async Task the_sender_is_told_to_come_back_before_it_gives_up()
    {
        await using var gateway = await GatewayScenario.Start(
            () => Task.Delay(Timeout.Infinite), ("WebhookGateway:AnswerWithin", "00:00:00.200"), ("WebhookGateway:RetryAfter", "00:00:07"));

        // 5 s is what Ittybit grants, far from the 0.2 s that are set; never-ending is what a broken time-out would be.
        var answer = await gateway.Deliver(Body).WaitAsync(TimeSpan.FromSeconds(5));

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(7));
        gateway.Rejections["broker"].ShouldBe(1);
    }

    [Fact]
    public async Task a_refusal_of_the_broker_is_no_acknowledgement()
    {
        var isBroken = true;
        await using var gateway = await GatewayScenario.Start(
            () => isBroken ? throw new InvalidOperationException("amqp://user:secret@broker") : Task.CompletedTask);

        (await gateway.Deliver(Body)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        isBroken = false;
        (await gateway.Deliver(Body)).StatusCode.ShouldBe(HttpStatusCode.OK);

        gateway.Log.Text.ShouldContain("InvalidOperationException");
        gateway.Log.Text.ShouldNotContain("user:secret");
    }

    [Fact]
    public void the_time_we_take_at_most_is_well_below_what_the_sender_grants() =>
        new GatewayOptions().AnswerWithin.ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(4));
}
