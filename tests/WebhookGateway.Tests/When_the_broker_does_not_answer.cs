using System.Net;

namespace Podcast.WebhookGateway.Tests;

public sealed class When_the_broker_does_not_answer
{
    private const string Body = """{"id":"task_1","status":"completed"}""";

    [Fact]
    public async Task the_sender_is_told_to_come_back_before_it_gives_up()
    {
        var asked = new TaskCompletionSource();
        await using var gateway = await GatewayScenario.Start(
            () =>
            {
                asked.SetResult();
                return Task.Delay(Timeout.Infinite);
            },
            ("WebhookGateway:RetryAfter", "00:00:07"));

        var delivery = gateway.Deliver(Body);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30));
        gateway.Clock.Advance(TimeSpan.FromSeconds(4)); // Ittybit grants 5 s
        var answer = await delivery.WaitAsync(TimeSpan.FromSeconds(30));

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
}
