using Podcast.Contracts;

namespace Podcast.Ittybit.Tests.Dialects;

/// <summary>The shapes W1–W6 of ittybit-api.md section 4.2.</summary>
public class When_a_webhook_is_read
{
    [Fact]
    public void the_tutorials_own_is_understood()
    {
        var task = Read(
            """{ "id": "task_xyz789", "status": "completed", "output": { "id": "file_output123", "url": "https://you.ittybit.net/a" } }""");

        task.Id.ShouldBe("task_xyz789");
        task.Outcome.ShouldBe(TaskOutcome.Succeeded);
        task.Output!.Id.ShouldBe("file_output123");
    }

    [Fact]
    public void a_failure_brings_its_reason()
    {
        var task = Read("""{ "id": "task_1", "status": "failed", "kind": "audio", "error": "Unsupported codec" }""");

        task.Outcome.ShouldBe(TaskOutcome.Failed);
        task.Error.ShouldBe("Unsupported codec");
        task.Output.ShouldBeNull();
    }

    [Fact]
    public void the_guides_with_an_address_as_input_is_understood()
    {
        var task = Read(
            """{ "id": "task_1", "status": "succeeded", "kind": "video", "input": "https://x.test/a", "output": { "url": "https://x.test/b" } }""");

        task.InputUrl.ShouldBe("https://x.test/a");
        task.Output!.Url!.OriginalString.ShouldBe("https://x.test/b");
    }

    [Theory]
    [InlineData("task.succeeded", TaskOutcome.Succeeded)]
    [InlineData("task.failed", TaskOutcome.Failed)]
    [InlineData("task.created", TaskOutcome.InProgress)]
    public void an_events_name_stands_in_for_a_missing_status(string name, TaskOutcome outcome) =>
        Read($$"""{ "id": "evt_1", "object": "event", "kind": "{{name}}", "data": { "id": "task_1" } }""").Outcome.ShouldBe(outcome);

    [Fact]
    public void a_status_beats_the_name_of_its_event() =>
        Read("""{ "id": "evt_1", "kind": "task.succeeded", "data": { "id": "task_1", "status": "processing" } }""")
            .Outcome.ShouldBe(TaskOutcome.InProgress);

    [Fact]
    public void results_are_the_output_where_they_are_a_file()
    {
        var output = Read(
            """
            { "id": "task_1", "kind": "subtitles", "status": "completed",
              "results": { "url": "https://you.ittybit.net/s.vtt", "format": "vtt", "type": "text/vtt", "duration": 12.5 } }
            """).Output!;

        output.Url!.OriginalString.ShouldBe("https://you.ittybit.net/s.vtt");
        output.Duration.ShouldBe(12.5);
    }

    [Theory]
    [InlineData("""{ "id": "file_9", "object": "intelligence", "kind": "speech", "url": "https://x.test/t.json", "ref": "transcript" }""", "ready")]
    [InlineData("""{ "id": "file_9", "object": "track", "kind": "speech", "url": "https://x.test/t.json", "ref": "transcript", "status": "processing" }""", "processing")]
    [InlineData("""{ "data": { "id": "file_9", "kind": "speech", "url": "https://x.test/t.json", "ref": "transcript" } }""", "ready")]
    public void a_file_instead_of_its_task_is_understood_but_names_no_task(string body, string status)
    {
        var task = Read(body);

        task.Id.ShouldBe("");
        task.Status.ShouldBe(status);
        task.Kind.ShouldBe("speech");
        task.Ref.ShouldBe("transcript");
        task.Output!.Id.ShouldBe("file_9");
    }

    [Theory]
    [InlineData("""{ "id": "evt_1", "kind": "media.created", "data": { "id": "med_1", "object": "media" } }""", "media")]
    [InlineData("""{ "id": "evt_1", "kind": "run.succeeded", "data": { "id": "run_1", "status": "succeeded" } }""", "run")]
    [InlineData("""{ "id": "evt_1", "object": "event", "kind": "automation.updated", "data": { } }""", "automation")]
    [InlineData("""{ "id": "we_1", "object": "webhook_endpoint", "status": "active" }""", "webhook_endpoint")]
    [InlineData("""{ "id": "task_1", "status": "completed" }""", null)]
    [InlineData("""{ "id": "file_1", "object": "track", "url": "https://x.test/t" }""", null)]
    [InlineData("""{ "id": "job_1", "object": "job", "status": "queued" }""", null)]
    [InlineData("{}", null)]
    [InlineData("[]", null)]
    public void event_about_no_task_names_its_subject(string body, string? subject)
    {
        IttybitDialect.OtherSubject(Json.Of(body)).ShouldBe(subject);
        if (subject is not null)
            IttybitDialect.TryReadTask(Json.Of(body), out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void undefined_json_is_refused_without_a_crash() =>
        IttybitDialect.TryReadTask(default, out _, out var problem).ShouldBeFalse(problem);

    private static IttybitTask Read(string body) => IttybitDialect.ReadTask(Json.Of(body));
}
