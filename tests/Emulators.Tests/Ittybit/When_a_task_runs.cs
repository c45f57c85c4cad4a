using System.Net;
using System.Text.Json.Nodes;
using Podcast.Emulators.Tests.Ittybit.Support;
using Podcast.Testing;

namespace Podcast.Emulators.Tests.Ittybit;

public sealed class When_a_task_runs : IAsyncLifetime
{
    private RunningEmulator emulator = null!;
    private WebhookReceiver receiver = null!;

    public async Task InitializeAsync()
    {
        emulator = await RunningEmulator.Start();
        receiver = await WebhookReceiver.Start();
    }

    public async Task DisposeAsync()
    {
        await emulator.DisposeAsync();
        await receiver.DisposeAsync();
    }

    [Fact]
    public async Task new_task_is_pending_and_echoes_its_options()
    {
        var answer = await emulator.Post("tasks", TaskBodies.Audio(await emulator.UploadEpisode(), receiver.Url));

        answer.Status.ShouldBe(HttpStatusCode.Created);
        var task = answer.Json;
        ((string?)task["id"]).ShouldStartWith("task_");
        ((string?)task["object"]).ShouldBe("task");
        ((string?)task["kind"]).ShouldBe("audio");
        ((string?)task["status"]).ShouldBe("pending");
        ((int?)task["progress"]).ShouldBe(0);
        task["output"].ShouldBeNull();
        task["error"].ShouldBeNull();
        ((string?)task["input"]!["object"]).ShouldBe("source");
        task["options"]!.ToJsonString().ShouldBe("""{"format":"mp3","bitrate":192000,"channels":2,"ref":"podcast_audio"}""");
        DateTimeOffset.Parse((string)task["created"]!, null).ShouldBe(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task webhooks_tell_only_the_end_by_default()
    {
        await using var slow = await RunningEmulator.Start(options => options.SimulatedTaskTime = TimeSpan.FromMilliseconds(300));
        var id = await slow.Make(TaskBodies.Audio(await slow.UploadEpisode(), receiver.Url));

        await receiver.End(id);

        slow.Emulator.Webhooks(id).ShouldHaveSingleItem().About.ShouldBe("Completed");
    }

    [Fact]
    public async Task progress_is_reported_in_order_before_completion()
    {
        await using var slow = await RunningEmulator.Start(options =>
        {
            options.SimulatedTaskTime = TimeSpan.FromMilliseconds(300);
            options.ProgressStep = 20;
        });
        var id = await slow.Make(TaskBodies.Audio(await slow.UploadEpisode(), receiver.Url));

        await receiver.End(id);

        receiver.All.Select(delivery => delivery.Status).Distinct().ShouldBe(["processing", "completed"]);
        var progress = receiver.All.Select(delivery => (int)delivery.Json["progress"]!).ToList();
        progress.ShouldBeInOrder(SortDirection.Ascending);
        progress[0].ShouldBe(0);
        progress[^1].ShouldBe(100);
        progress.Count.ShouldBeGreaterThan(3);
    }

    [Fact]
    public async Task its_end_is_told_once_signed_with_the_output()
    {
        var id = await emulator.Make(TaskBodies.Audio(await emulator.UploadEpisode(), receiver.Url));

        var end = await receiver.End(id);

        end.IsGenuine.ShouldBeTrue();
        end.Status.ShouldBe("completed");
        var read = await emulator.Ended(id);
        ((string?)end.Json["output"]!["id"]).ShouldBe((string?)read["output"]!["id"]);
        ((string?)end.Json["output"]!["url"]).ShouldBe((string?)read["output"]!["url"]);
        ((string?)read["output"]!["ref"]).ShouldBe("podcast_audio");
        (await emulator.Get($"files/{read["output"]!["id"]}")).Json["url"]!.ToJsonString().ShouldBe(read["output"]!["url"]!.ToJsonString());
        await Eventually.Holds(() => emulator.Emulator.Totals.Webhooks.Keys.SequenceEqual(["delivered"]), "all webhooks delivered");
        receiver.All.Count(delivery => delivery.Status == "completed").ShouldBe(1);
    }

    [Theory]
    [InlineData("url")]
    [InlineData("input")]
    public async Task a_source_by_url_is_fetched(string field)
    {
        await using var source = await RunningEmulator.Start();
        var fileId = await source.UploadEpisode();
        var url = (string?)(await source.Get($"files/{fileId}")).Json["url"];

        var task = await emulator.Run(new JsonObject
        {
            [field] = url,
            ["kind"] = "video",
            ["options"] = new JsonObject { ["width"] = 1920, ["format"] = "mp4", ["quality"] = "high" },
        });

        ((string?)task["status"]).ShouldBe("completed");
        ((string?)task["input"]!["url"]).ShouldBe(url);
        ((int)task["output"]!["width"]!, (int)task["output"]!["height"]!).ShouldBe((1920, 1080));
        ((double)task["output"]!["duration"]!).ShouldBe(Sample.Seconds, 0.05);
        task["options"]!.ToJsonString().ShouldBe("""{"width":1920,"format":"mp4","quality":"high"}""");
    }

    [Fact]
    public async Task lists_are_newest_first_and_filtered_by_kind_and_status()
    {
        var fileId = await emulator.UploadEpisode();
        var text = await emulator.Upload("not media"u8.ToArray(), "not.mp4");
        var audio = await emulator.Make(TaskBodies.Audio(fileId));
        var video = await emulator.Make(TaskBodies.Video(fileId));
        var broken = await emulator.Make(TaskBodies.Audio(text));
        foreach (var id in new[] { audio, video, broken })
            await emulator.Ended(id);

        Ids(await emulator.Get("tasks")).ShouldBe([broken, video, audio]);
        Ids(await emulator.Get("tasks?kind=audio")).ShouldBe([broken, audio]);
        Ids(await emulator.Get("tasks?kind=audio&status=completed")).ShouldBe([audio]);
        Ids(await emulator.Get("tasks?status=failed")).ShouldBe([broken]);
        Ids(await emulator.Get("tasks?status=cancelled")).ShouldBeEmpty();
        Ids(await emulator.Get("tasks?limit=1&page=2")).ShouldBe([video]);

        static IEnumerable<string?> Ids(Answer answer) => answer.Json.AsArray().Select(task => (string?)task!["id"]);
    }

    [Fact]
    public async Task the_same_idempotency_key_makes_two_tasks_in_this_version()
    {
        var body = TaskBodies.Audio(await emulator.UploadEpisode());

        var first = await emulator.Post("tasks", body, ("Idempotency-Key", "k"));
        var second = await emulator.Post("tasks", body.DeepClone(), ("Idempotency-Key", "k"));

        second.Status.ShouldBe(HttpStatusCode.Created);
        ((string?)second.Json["id"]).ShouldNotBe((string?)first.Json["id"]);
    }

    [Fact]
    public async Task urls_are_under_the_public_address_when_there_is_one()
    {
        await using var outside = await RunningEmulator.Start(options => options.PublicUrl = new Uri("https://podcast.example.test"));
        var answer = await outside.Post("signatures", new JsonObject { ["filename"] = "a.mp4" });

        ((string?)answer.Json["domain"]).ShouldBe("podcast.example.test");
        ((string?)answer.Json["url"]).ShouldStartWith("https://podcast.example.test/emulators/ittybit/files-host/a.mp4?");
    }

    [Fact]
    public async Task news_after_a_move_name_the_new_address()
    {
        using var directory = new TemporaryDirectory();
        receiver.Answers = _ => 503;
        await using (var before = await RunningEmulator.Start(
            options => options.SimulatedTaskTime = TimeSpan.FromMinutes(1), directory: directory.Path))
            await before.Make(TaskBodies.Audio(await before.UploadEpisode(), receiver.Url));

        receiver.Answers = _ => 200;
        await using var after = await RunningEmulator.Start(
            options => options.PublicUrl = new Uri("http://moved.example.test"), directory: directory.Path);
        await Eventually.Holds(() => receiver.All.Any(delivery => delivery.Status == "completed"), "the end");

        var end = receiver.All.Single(delivery => delivery.Status == "completed");
        ((string?)end.Json["output"]!["url"]).ShouldStartWith("http://moved.example.test/emulators/ittybit/files-host/");
    }

    [Fact]
    public async Task no_log_line_shows_a_signature_a_key_or_a_callback()
    {
        receiver.Answers = _ => 500;
        await using var noisy = await RunningEmulator.Start(options => options.WebhookAttempts = 2);
        var fileId = await noisy.UploadEpisode();
        await noisy.Make(TaskBodies.Audio(fileId, new Uri(receiver.Url + "?token=callback-token")));
        await Eventually.Holds(() => noisy.Emulator.Totals.Webhooks.ContainsKey("given_up"), "the webhook given up");

        noisy.Logs.ShouldContain(line => line.Contains("given up", StringComparison.Ordinal));
        foreach (var secret in new[] { "signature=", RunningEmulator.Key, RunningEmulator.Secret, "callback-token" })
            noisy.Logs.ShouldNotContain(line => line.Contains(secret, StringComparison.Ordinal), secret);
    }
}
