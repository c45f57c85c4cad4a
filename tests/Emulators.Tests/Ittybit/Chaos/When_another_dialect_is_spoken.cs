using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Podcast.Emulators.Ittybit.Chaos;
using Podcast.Emulators.Tests.Ittybit.Support;
using Podcast.Testing;

namespace Podcast.Emulators.Tests.Ittybit.Chaos;

public sealed class When_another_dialect_is_spoken
{
    [Theory]
    [InlineData(Dialect.G0, "waiting", "ready")]
    [InlineData(Dialect.G1, "pending", "completed")]
    public async Task the_oldest_have_an_envelope(Dialect dialect, string begin, string end)
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { Dialect = dialect });

        var created = await scenario.PostAudio();
        ((string?)created.Json["data"]!["status"]).ShouldBe(begin);
        ((string?)created.Json["meta"]!["type"]).ShouldBe("object");
        created.Json["links"]!["self"].ShouldNotBeNull();

        var id = (string?)created.Json["data"]!["id"];
        await Eventually.Holds(
            async () => (string?)(await scenario.Emulator.Get($"tasks/{id}")).Json["data"]!["status"] == end, $"the word {end}");
        var list = (await scenario.Emulator.Get("tasks?limit=5")).Json;
        ((string?)list["data"]![0]!["id"]).ShouldBe(id);
        ((int)list["meta"]!["total"]!, (int)list["meta"]!["pages"]!, (int)list["meta"]!["limit"]!).ShouldBe((1, 1, 5));
        var error = (await scenario.Emulator.Get("tasks/task_none")).Json;
        ((string?)error["meta"]!["type"]).ShouldBe("error");
        error["data"].ShouldBeNull();
        ((string?)error["error"]!["message"]).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task the_dial_outranks_the_version_header()
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { Dialect = Dialect.G5 });

        (await scenario.PostAudio(("Accept-Version", "2025-08-20"))).Json["status"]!.ToString().ShouldBe("queued");
        var unknown = await scenario.PostAudio(("Accept-Version", "2020-01-01"));
        unknown.Status.ShouldBe(HttpStatusCode.BadRequest);
        ErrorKind(unknown).ShouldBe("request_invalid");
    }

    [Fact]
    public async Task g3_has_inputs_outputs_and_seconds()
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { Dialect = Dialect.G3 });

        var created = (await scenario.PostAudio()).Json;
        ((string?)created["status"]).ShouldBe("waiting");
        created["outputs"]!.AsArray().ShouldBeEmpty();
        var task = await Succeeded(scenario, (string)created["id"]!);

        ((string?)task["inputs"]![0]!["id"]).ShouldBe(scenario.FileId);
        ((string?)task["outputs"]![0]!["ref"]).ShouldBe("podcast_audio");
        task.AsObject().ContainsKey("output").ShouldBeFalse();
        DateTimeOffset.FromUnixTimeSeconds((long)task["created_at"]!).ShouldBe(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(1));
        ErrorKind(await scenario.Emulator.Get("tasks/task_none")).ShouldBe("task_not_found");
    }

    [Fact]
    public async Task g3_writes_transcripts_in_its_own_way()
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { Dialect = Dialect.G3 });

        var task = await Succeeded(scenario, await scenario.Emulator.Make(TaskBodies.Speech(scenario.FileId)));
        var transcript = JsonNode.Parse(await scenario.Emulator.Http.GetStringAsync((string?)task["outputs"]![0]!["url"]))!;

        ((string?)transcript["kind"]).ShouldBe("speech");
        ((string?)transcript["languages"]![0]).ShouldBe("en");
        transcript["timeline"]!.AsArray().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task g5_has_urls_for_input_and_output_and_milliseconds()
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { Dialect = Dialect.G5 });

        var created = (await scenario.PostAudio()).Json;
        ((string?)created["status"]).ShouldBe("queued");
        var task = await Succeeded(scenario, (string)created["id"]!);

        ((string?)task["input"]).ShouldEndWith("/e/episode.mp4");
        (await scenario.Emulator.Http.GetByteArrayAsync((string?)task["output"])).ShouldNotBeEmpty();
        DateTimeOffset.FromUnixTimeMilliseconds((long)task["updated_at"]!).ShouldBe(
            TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(1));
        ErrorKind(await scenario.Emulator.Post("tasks", new JsonObject())).ShouldBe("request_invalid");
    }

    [Fact]
    public async Task w1_has_results()
    {
        var body = await Webhook(new ChaosDial { WebhookShape = WebhookShape.W1 });

        ((string?)body["status"]).ShouldBe("completed");
        ((string?)body["results"]!["ref"]).ShouldBe("podcast_audio");
        body.AsObject().ContainsKey("output").ShouldBeFalse();
        body["completed"].ShouldNotBeNull();
    }

    [Fact]
    public async Task w2_is_the_tutorials()
    {
        var body = await Webhook(new ChaosDial { WebhookShape = WebhookShape.W2 });

        body.AsObject().Select(field => field.Key).ShouldBe(["id", "status", "kind", "output"]);
        body["output"]!.AsObject().Select(field => field.Key).ShouldBe(["id", "url"]);
    }

    [Theory]
    [InlineData(Dialect.G2, WebhookShape.W3)]
    [InlineData(Dialect.G5, WebhookShape.Auto)]
    public async Task w3_has_new_words_and_an_input_url(Dialect dialect, WebhookShape shape)
    {
        var body = await Webhook(new ChaosDial { Dialect = dialect, WebhookShape = shape });

        ((string?)body["status"]).ShouldBe("succeeded");
        ((string?)body["input"]).ShouldEndWith("/e/episode.mp4");
        ((string?)body["output"]!["url"]).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(Dialect.G2, WebhookShape.W4)]
    [InlineData(Dialect.G3, WebhookShape.Auto)]
    public async Task w4_wraps_the_task_in_an_event(Dialect dialect, WebhookShape shape)
    {
        var body = await Webhook(new ChaosDial { Dialect = dialect, WebhookShape = shape });

        ((string?)body["id"]).ShouldStartWith("evt_");
        ((string?)body["kind"]).ShouldBe("task.succeeded");
        ((string?)body["data"]!["id"]).ShouldStartWith("task_");
        ((string?)body["data"]!["status"]).ShouldBe("succeeded");
        body["created_at"]!.GetValueKind().ShouldBe(JsonValueKind.Number);
    }

    [Fact]
    public async Task w5_has_the_files_body_in_results()
    {
        var body = await Webhook(new ChaosDial { WebhookShape = WebhookShape.W5 });

        body.AsObject().Select(field => field.Key).ShouldBe(["id", "status", "kind", "results"]);
        ((string?)body["results"]!["format"]).ShouldBe("mp3");
    }

    [Fact]
    public async Task w6_is_a_file_and_no_task()
    {
        var body = await Webhook(new ChaosDial { WebhookShape = WebhookShape.W6 });

        ((string?)body["id"]).ShouldStartWith("file_");
        ((string?)body["ref"]).ShouldBe("podcast_audio");
        body.ToJsonString().ShouldNotContain("\"task_");
    }

    private static async Task<JsonNode> Webhook(ChaosDial dial)
    {
        await using var scenario = await DialScenario.Under(dial);
        await scenario.PostAudio();
        await Eventually.Holds(() => scenario.Receiver.Genuine.Count == 1, "the webhook");
        return scenario.Receiver.Genuine[0].Json;
    }

    private static async Task<JsonNode> Succeeded(DialScenario scenario, string id)
    {
        JsonNode? task = null;
        await Eventually.Holds(
            async () => (string?)(task = (await scenario.Emulator.Get($"tasks/{id}")).Json)["status"] == "succeeded", "success");
        return task!;
    }

    private static string? ErrorKind(Answer answer) => (string?)answer.Json["kind"];
}
