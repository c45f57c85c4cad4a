using Podcast.Emulators.Tests.Ittybit.Support;
using Podcast.Testing;

namespace Podcast.Emulators.Tests.Ittybit;

public sealed class When_webhooks_are_not_received : IAsyncLifetime
{
    private WebhookReceiver receiver = null!;

    public async Task InitializeAsync() => receiver = await WebhookReceiver.Start();

    public async Task DisposeAsync() => await receiver.DisposeAsync();

    [Theory]
    [InlineData(500)]
    [InlineData(404)]
    [InlineData(302)]
    [InlineData(429)]
    public async Task an_answer_other_than_2xx_is_tried_again_with_the_same_body(int status)
    {
        receiver.Answers = number => number <= 2 ? status : 204;
        await using var emulator = await RunningEmulator.Start();

        var id = await emulator.Make(TaskBodies.Audio(await emulator.UploadEpisode(), receiver.Url));
        await Eventually.Holds(() => emulator.Emulator.Totals.Webhooks.ContainsKey("delivered"), "the webhook delivered");

        receiver.All.Count.ShouldBe(3);
        receiver.All.ShouldAllBe(delivery => delivery.IsGenuine && delivery.Body.SequenceEqual(receiver.All[0].Body));
        var sent = emulator.Emulator.Webhooks(id).ShouldHaveSingleItem();
        (sent.Attempts, sent.Answer).ShouldBe((3, 204));
    }

    [Fact]
    public async Task an_answer_that_takes_too_long_is_tried_again()
    {
        var never = new TaskCompletionSource();
        receiver.Waits = number => number == 1 ? never.Task : Task.CompletedTask;
        await using var emulator = await RunningEmulator.Start(options => options.WebhookTimeout = TimeSpan.FromMilliseconds(300));

        await emulator.Make(TaskBodies.Audio(await emulator.UploadEpisode(), receiver.Url));

        await Eventually.Holds(() => receiver.All.Count == 2, "a second attempt");
        never.SetResult();
    }

    [Fact]
    public async Task the_pauses_grow_up_to_a_limit()
    {
        var clock = new ManualClock();
        receiver.Answers = _ => 503;
        await using var emulator = await RunningEmulator.Start(
            options =>
            {
                options.WebhookFirstRetry = TimeSpan.FromSeconds(1);
                options.WebhookLongestRetry = TimeSpan.FromSeconds(5);
                options.WebhookAttempts = 6;
            },
            clock: clock);
        var id = await emulator.Make(TaskBodies.Audio(await emulator.UploadEpisode(), receiver.Url));

        var attempts = 1;
        foreach (var pause in new[] { 1, 2, 4, 5, 5 })
        {
            await AttemptsEnded(attempts++);
            (emulator.Emulator.Webhooks(id)[0].DueAt - clock.GetUtcNow()).ShouldBe(TimeSpan.FromSeconds(pause));
            clock.Advance(TimeSpan.FromSeconds(pause));
        }

        await Eventually.Holds(() => emulator.Emulator.Webhooks(id)[0].State == "given_up", "the webhook given up");
        receiver.All.Count.ShouldBe(6);

        // Waiting for its next attempt, and the sender asleep until then.
        Task AttemptsEnded(int count) => Eventually.Holds(
            () => emulator.Emulator.Webhooks(id) is [{ State: "waiting", Attempts: var done }] && done == count && clock.Waiting > 0,
            $"attempt {count} ended");
    }

    [Fact]
    public async Task a_progress_webhook_is_not_worth_a_second_attempt()
    {
        receiver.Answers = number => number == 1 ? 500 : 200;
        await using var emulator = await RunningEmulator.Start(options => options.ProgressStep = 20);

        var id = await emulator.Make(TaskBodies.Audio(await emulator.UploadEpisode(), receiver.Url));
        await receiver.End(id);

        receiver.All.Select(delivery => delivery.Status).ShouldBe(["processing", "completed"]);
        emulator.Emulator.Webhooks(id)[0].State.ShouldBe("refused");
    }
}
