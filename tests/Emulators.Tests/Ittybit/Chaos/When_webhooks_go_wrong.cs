using Microsoft.AspNetCore.Http;
using Podcast.Emulators.Ittybit.Chaos;
using Podcast.Testing;

namespace Podcast.Emulators.Tests.Ittybit.Chaos;

public sealed class When_webhooks_go_wrong
{
    [Fact]
    public async Task a_webhook_comes_a_hundred_times_at_once()
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { DuplicatePercent = 100, DuplicateCopies = 99 });

        var end = await scenario.EndOfAudio();

        await Eventually.Holds(() => scenario.Receiver.All.Count == 100, "a hundred deliveries");
        scenario.Receiver.All.ShouldAllBe(delivery => delivery.IsGenuine && delivery.Body.SequenceEqual(end.Body));
    }

    [Fact]
    public async Task a_copy_comes_late()
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { DuplicatePercent = 100, DuplicateDelayMs = 400 });
        var id = (await scenario.EndOfAudio()).TaskId!;

        await Eventually.Holds(() => scenario.Receiver.All.Count == 2, "the copy");

        await Eventually.Holds(() => scenario.Emulator.Emulator.Webhooks(id)[1].EndedAt is not null, "the end of the copy");
        var (first, copy) = (scenario.Emulator.Emulator.Webhooks(id)[0], scenario.Emulator.Emulator.Webhooks(id)[1]);
        copy.Sort.ShouldBe("copy");
        (copy.DueAt - first.DueAt).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(400));
        copy.EndedAt!.Value.ShouldBeGreaterThanOrEqualTo(copy.DueAt);
    }

    [Fact]
    public async Task a_webhook_never_comes()
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { DropPercent = 100 });

        var id = await scenario.Emulator.Make(scenario.Audio());
        await scenario.Emulator.Ended(id);

        scenario.Emulator.Emulator.Webhooks(id).ShouldAllBe(webhook => webhook.State == "dropped" && webhook.Attempts == 0);
        scenario.Emulator.Emulator.Webhooks(id).ShouldContain(webhook => webhook.About == "Completed");
        scenario.Receiver.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task completion_is_told_without_the_output_it_has()
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { BareWebhookPercent = 100 });

        var end = await scenario.EndOfAudio();

        end.Status.ShouldBe("completed");
        end.Json["output"].ShouldBeNull();
        (await scenario.Emulator.Get($"tasks/{end.TaskId}")).Json["output"]!["url"].ShouldNotBeNull();
    }

    [Fact]
    public async Task the_end_is_told_before_the_beginning_is_answered()
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { EarlyPercent = 100 });
        var held = new TaskCompletionSource();
        scenario.Receiver.Waits = _ => held.Task;

        var create = scenario.PostAudio();
        await Eventually.Holds(() => scenario.Receiver.All.Count > 0, "a webhook");
        create.IsCompleted.ShouldBeFalse();
        held.SetResult();

        var answer = await create;
        ((string?)answer.Json["status"]).ShouldBe("pending");
        scenario.Receiver.All.ShouldContain(delivery => delivery.Status == "completed" && delivery.TaskId == (string?)answer.Json["id"]);
    }

    [Fact]
    public async Task processing_webhook_follows_the_end_even_if_that_is_retried()
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { ReorderPercent = 100 });
        scenario.Receiver.Answers = number => number == 1 ? StatusCodes.Status500InternalServerError : StatusCodes.Status200OK;

        var end = await scenario.EndOfAudio();
        await Eventually.Holds(() => scenario.Receiver.All.Count == 3, "the late webhook");

        scenario.Receiver.All.Select(delivery => delivery.Status).ShouldBe(["completed", "completed", "processing"]);
        scenario.Receiver.All[2].TaskId.ShouldBe(end.TaskId);
        scenario.Receiver.All[2].IsGenuine.ShouldBeTrue();
        scenario.Receiver.All[2].Json["output"].ShouldBeNull();
    }

    [Fact]
    public async Task a_failure_is_told_after_the_completion()
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { ContradictPercent = 100 });

        await scenario.EndOfAudio();
        await Eventually.Holds(() => scenario.Receiver.All.Count == 2, "the contradiction");

        scenario.Receiver.Genuine.Select(delivery => delivery.Status).ShouldBe(["completed", "failed"]);
    }

    [Fact]
    public async Task forgeries_come_first_with_a_wrong_signature_or_none()
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { ForgePercent = 100 });
        scenario.Receiver.Answers = _ => StatusCodes.Status401Unauthorized;

        var sorts = new HashSet<string>();
        await Eventually.Holds(
            async () =>
            {
                var id = await scenario.Emulator.Make(scenario.Audio());
                await Eventually.Holds(() => scenario.Emulator.Emulator.Webhooks(id) is [{ State: "refused" }, ..], "the lie refused");
                var lie = scenario.Emulator.Emulator.Webhooks(id)[0];
                (lie.About, lie.Answer).ShouldBe(("Failed", 401));
                sorts.Add(lie.Sort);
                return sorts.Count == 2;
            },
            "both sorts of forgery");

        sorts.ShouldBe(["forged_signature", "no_signature"], ignoreOrder: true);
        scenario.Receiver.All.Where(delivery => !delivery.IsGenuine).ShouldAllBe(delivery => delivery.Status == "failed");
        scenario.Receiver.All.ShouldContain(delivery => delivery.Signature == null);
    }

    [Fact]
    public async Task webhooks_are_slow()
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { WebhookDelayMs = 400 });

        var id = await scenario.Emulator.Make(scenario.Audio());
        var finished = DateTimeOffset.Parse((string)(await scenario.Emulator.Ended(id))["updated"]!, null);
        await scenario.Receiver.End(id);
        await Eventually.Holds(() => scenario.Emulator.Emulator.Webhooks(id)[0].EndedAt is not null, "the end of the webhook");

        (scenario.Emulator.Emulator.Webhooks(id)[0].EndedAt - finished)!.Value.ShouldBeGreaterThan(TimeSpan.FromMilliseconds(390));
    }
}
