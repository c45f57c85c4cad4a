using System.Net;
using Podcast.Testing;

namespace Podcast.WebhookGateway.Tests;

public sealed class When_deliveries_flood
{
    private const string Body = """{"id":"task_1","status":"completed"}""";

    private static readonly (string, string)[] Narrow =
    [
        ("WebhookGateway:ConcurrentDeliveries", "2"), ("WebhookGateway:WaitingDeliveries", "3"),
        ("WebhookGateway:RetryAfter", "00:00:09"),
    ];

    [Fact]
    public async Task deliveries_beyond_the_limit_get_429_and_the_rest_is_kept()
    {
        var broker = new TaskCompletionSource();
        await using var gateway = await GatewayScenario.Start(() => broker.Task, Narrow);

        var deliveries = Enumerable.Range(0, 20).Select(_ => gateway.Deliver(Body)).ToList();
        await Eventually.Holds(() => deliveries.Count(delivery => delivery.IsCompleted) == 15, "15 answers to 20 deliveries for 5 places");
        broker.SetResult();
        var answers = await Task.WhenAll(deliveries);

        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(5);
        var refused = answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        refused.Count.ShouldBe(15);
        refused.ShouldAllBe(answer => answer.Headers.RetryAfter!.Delta == TimeSpan.FromSeconds(9));
        gateway.PublishedIds.Count.ShouldBe(5);
        gateway.Rejections["flood"].ShouldBe(15);
    }

    [Fact]
    public async Task whoever_waits_too_long_is_told_to_come_back()
    {
        var asked = 0;
        await using var gateway = await GatewayScenario.Start(
            () =>
            {
                Interlocked.Increment(ref asked);
                return Task.Delay(Timeout.Infinite);
            },
            Narrow);

        var deliveries = Enumerable.Range(0, 5).Select(_ => gateway.Deliver(Body)).ToList();
        await Eventually.Holds(() => asked == 2 && gateway.Clock.Waiting == 5, "two are with the broker and three wait");
        gateway.Clock.Advance(TimeSpan.FromSeconds(4));
        var answers = await Task.WhenAll(deliveries).WaitAsync(TimeSpan.FromSeconds(30));

        answers.ShouldNotContain(answer => answer.IsSuccessStatusCode);
        // A waiter whose own deadline comes a moment later may still get as far as the broker.
        gateway.Rejections["broker"].ShouldBeGreaterThanOrEqualTo(2);
        gateway.PublishedIds.ShouldBeEmpty();
    }

    [Fact]
    public async Task strangers_at_the_plain_route_leave_callbacks_their_places()
    {
        var broker = new TaskCompletionSource();
        var isHeld = true;
        await using var gateway = await GatewayScenario.Start(() => isHeld ? broker.Task : Task.CompletedTask, Narrow);

        var strangers = Enumerable.Range(0, 20)
            .Select(_ => gateway.Deliver(Body, "/webhooks/ittybit", GatewayScenario.Signed(Body))).ToList();
        await Eventually.Holds(() => strangers.Count(delivery => delivery.IsCompleted) == 15, "the plain route is full");
        isHeld = false;

        (await gateway.Deliver(Body)).StatusCode.ShouldBe(HttpStatusCode.OK);
        broker.SetResult();
        await Task.WhenAll(strangers);
    }
}
