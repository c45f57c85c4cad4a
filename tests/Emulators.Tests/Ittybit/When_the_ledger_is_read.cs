using System.Text.Json.Nodes;
using Podcast.Emulators.Ittybit.Chaos;
using Podcast.Emulators.Ittybit.Ledger;
using Podcast.Emulators.Tests.Ittybit.Support;
using Podcast.Testing;

namespace Podcast.Emulators.Tests.Ittybit;

public sealed class When_the_ledger_is_read : IAsyncLifetime
{
    private RunningEmulator emulator = null!;

    public async Task InitializeAsync() => emulator = await RunningEmulator.Start();

    public async Task DisposeAsync() => await emulator.DisposeAsync();

    [Fact]
    public async Task every_creation_is_in_it_refused_ones_too()
    {
        var fileId = await emulator.UploadEpisode();
        var made = await emulator.Post("tasks", TaskBodies.Audio(fileId), ("Idempotency-Key", "key 1"));
        emulator.Emulator.Chaos = new ChaosDial { TooManyRequestsPercent = 100 };
        var refused = new JsonObject { ["input"] = "http://a.test/a.mp4", ["kind"] = "video", ["options"] = new JsonObject { ["ref"] = "r" } };
        await emulator.Post("tasks", refused);
        await emulator.Get("tasks");

        var ledger = (await emulator.Get("_emulator/ledger?after=1")).Json;

        var entries = ledger["entries"]!.AsArray();
        entries.Count.ShouldBe(2);
        var first = entries[0]!;
        ((string?)first["method"], (string?)first["path"], (string?)first["idempotency_key"]).ShouldBe(("POST", "/tasks", "key 1"));
        ((string?)first["ref"], (string?)first["kind"], (string?)first["source"]).ShouldBe(("podcast_audio", "audio", fileId));
        ((int?)first["answer"], (string?)first["task_id"], (string?)first["fault"]).ShouldBe((201, (string?)made.Json["id"], null));
        DateTimeOffset.Parse((string)first["at"]!, null).ShouldBe(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(1));
        var second = entries[1]!;
        ((string?)second["ref"], (string?)second["source"], (int?)second["answer"]).ShouldBe(("r", "http://a.test/a.mp4", 429));
        ((string?)second["fault"], (string?)second["task_id"]).ShouldBe(("too_many_requests", null));

        var totals = ledger["totals"]!;
        ((int)totals["requests"]!, (int)totals["create_attempts"]!, (int)totals["tasks"]!).ShouldBe((4, 3, 1));
        ((int)totals["faults"]!["too_many_requests"]!).ShouldBe(2);
        ((int)totals["creates_by_answer"]!["201"]!).ShouldBe(1);
    }

    [Fact]
    public async Task refs_with_more_than_one_task_stand_out()
    {
        var fileId = await emulator.UploadEpisode();
        var first = await emulator.Make(TaskBodies.Audio(fileId));
        await emulator.Make(TaskBodies.Speech(fileId));
        var second = await emulator.Make(TaskBodies.Audio(fileId));

        var repeated = emulator.Emulator.Repeated.ShouldHaveSingleItem();

        (repeated.Ref, repeated.Kind).ShouldBe(("podcast_audio", "audio"));
        repeated.TaskIds.ShouldBe([first, second]);
    }

    [Fact]
    public async Task the_peak_rate_of_requests_is_known()
    {
        var clock = new ManualClock();
        await using var timed = await RunningEmulator.Start(clock: clock);
        foreach (var pause in new[] { 0, 400, 400, 400, 5000, 100 })
        {
            clock.Advance(TimeSpan.FromMilliseconds(pause));
            await timed.Get("tasks");
        }

        var page = (await timed.Get("_emulator/ledger/requests?window_ms=1000")).Json;

        ((int)page["peak"]!).ShouldBe(3);
        page["times"]!.AsArray().Count.ShouldBe(6);
        ((long)page["times"]![1]! - (long)page["times"]![0]!).ShouldBe(400);
        timed.Emulator.PeakRequests(TimeSpan.FromMilliseconds(800)).ShouldBe(2);
        timed.Emulator.PeakRequests(TimeSpan.FromSeconds(1), after: (long)page["last"]! - 2).ShouldBe(2);
    }

    [Fact]
    public async Task webhooks_are_in_it()
    {
        await using var receiver = await WebhookReceiver.Start();
        await using var telling = await RunningEmulator.Start(options => options.ProgressStep = 20);
        var id = await telling.Make(TaskBodies.Audio(await telling.UploadEpisode(), receiver.Url));
        await receiver.End(id);
        await Eventually.Holds(() => telling.Emulator.Webhooks(id).All(webhook => webhook.State == "delivered"), "deliveries noted");

        var webhooks = (await telling.Get($"_emulator/webhooks?task_id={id}")).Json.AsArray();

        webhooks.Select(webhook => (string?)webhook!["about"]).ShouldBe(["Processing", "Completed"]);
        ((string?)webhooks[1]!["sort"], (int?)webhooks[1]!["answer"]).ShouldBe(("genuine", 200));
    }

    [Theory]
    [InlineData(new long[0], 1000, 0)]
    [InlineData(new long[] { 5 }, 1000, 1)]
    [InlineData(new long[] { 0, 999, 1000 }, 1000, 2)]
    [InlineData(new long[] { 0, 0, 0, 10 }, 10, 3)]
    public void the_peak_is_over_half_open_windows(long[] times, long window, int peak) => RequestRate.Peak(times, window).ShouldBe(peak);
}
