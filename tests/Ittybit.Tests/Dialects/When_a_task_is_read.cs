using Podcast.Contracts;

namespace Podcast.Ittybit.Tests.Dialects;

/// <summary>One case per generation of ittybit-api.md section 0, with the names and shapes of their references.</summary>
public class When_a_task_is_read
{
    private static readonly DateTimeOffset Created = new(2025, 9, 1, 10, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, string> Succeeded => new()
    {
        {
            "2024: an envelope, ready, ids tsk_ and med_",
            """
            { "meta": { "id": "req_1", "object": "task", "version": "2024-08-21" },
              "data": { "id": "tsk_1", "kind": "audio", "input": "med_1", "status": "ready", "created": "2025-09-01T10:00:00Z",
                        "output": { "id": "med_9", "url": "https://you.ittybit.net/a.mp3" } },
              "links": { "self": "https://api.ittybit.com/tasks/tsk_1" } }
            """
        },
        {
            "2025-01-01: meta, data, error, links",
            """
            { "meta": { "request_id": "req_1", "type": "object", "version": "2025-01-01" },
              "data": { "id": "task_1", "object": "task", "kind": "audio", "status": "completed", "created": "2025-09-01T10:00:00.000Z",
                        "output": { "id": "file_9", "object": "source", "url": "https://you.ittybit.net/a.mp3" }, "error": null },
              "error": null, "links": {} }
            """
        },
        {
            "2025-08-20: flat, output an object",
            """
            { "id": "task_1", "object": "task", "kind": "audio", "status": "completed", "progress": 100, "error": null,
              "input": { "id": "file_1", "object": "source", "url": "https://you.ittybit.net/raw.mp4" },
              "output": { "id": "file_9", "object": "source", "kind": "audio", "url": "https://you.ittybit.net/a.mp3" },
              "created_by": "key_1", "parent_id": null, "created": "2025-09-01T12:00:00+02:00" }
            """
        },
        {
            "late 2025: inputs and outputs, Unix seconds",
            """
            { "id": "task_1", "object": "task", "kind": "audio", "status": "succeeded", "created_at": 1756720800,
              "inputs": [ { "id": "file_1", "url": "https://you.ittybit.net/raw.mp4" } ],
              "outputs": [ { "kind": "audio", "type": "audio/mpeg", "url": "https://you.ittybit.net/a.mp3" } ] }
            """
        },
        {
            "staging: steps, output an address, Unix milliseconds",
            """
            { "id": "task_1", "object": "task", "kind": "audio", "input": "https://x.test/raw.mp4", "status": "succeeded",
              "steps": [], "output": "https://you.ittybit.net/a.mp3", "created_at": 1756720800000 }
            """
        },
        {
            "2026: a job",
            """
            { "id": "job_1", "object": "job", "kind": "audio", "input": "https://x.test/raw.mp4", "status": "succeeded",
              "output": "https://you.ittybit.net/a.mp3", "metadata": {}, "error": null,
              "tasks": [ { "id": "task_1", "object": "task", "kind": "probe", "status": "succeeded", "progress": null } ],
              "created_at": 1756720800000, "finished_at": 1756720845000 }
            """
        },
        {
            "webhook 1: flat with results",
            """
            { "id": "task_1", "object": "task", "kind": "audio", "status": "completed", "project_id": "proj_1", "automation_id": null,
              "results": { "url": "https://you.ittybit.net/a.mp3" }, "created": "2025-09-01T10:00:00Z",
              "completed": "2025-09-01T10:06:00Z" }
            """
        },
        {
            "webhook 4: an event",
            """
            { "id": "evt_1", "object": "event", "kind": "task.succeeded", "created_at": 1756724400,
              "data": { "id": "task_1", "object": "task", "kind": "audio", "status": "succeeded", "created_at": 1756720800,
                        "outputs": [ { "url": "https://you.ittybit.net/a.mp3" } ] } }
            """
        },
        {
            "an event in an envelope",
            """
            { "meta": {}, "data": { "id": "evt_1", "object": "event", "kind": "task.succeeded",
              "data": { "id": "task_1", "kind": "audio", "created_at": "1756720800",
                        "output": { "url": "https://you.ittybit.net/a.mp3" } } } }
            """
        },
    };

    [Theory]
    [MemberData(nameof(Succeeded))]
    public void a_success_is_one_in_every_dialect(string dialect, string body)
    {
        var task = IttybitDialect.ReadTask(Json.Of(body));

        task.Outcome.ShouldBe(TaskOutcome.Succeeded, dialect);
        task.Id.ShouldEndWith("_1");
        task.Id.ShouldNotStartWith("evt");
        task.Kind.ShouldBe("audio");
        task.Output!.Url.ShouldBe(new Uri("https://you.ittybit.net/a.mp3"));
        task.CreatedAt.ShouldBe(Created);
        task.Error.ShouldBeNull();
    }

    [Fact]
    public void everything_that_the_pinned_version_tells_is_kept()
    {
        var task = IttybitDialect.ReadTask(Json.Of(
            """
            { "id": "task_01", "object": "task", "kind": "audio",
              "input": { "id": "file_01", "object": "source", "kind": "video", "url": "https://you.ittybit.net/e/raw.mp4" },
              "options": { "format": "mp3", "ref": "podcast_audio-1", "webhook_url": "https://podcast.test/webhooks/ittybit/x" },
              "output": { "id": "file_9", "media_id": "med_7", "object": "source", "kind": "audio", "type": "audio/mpeg",
                          "width": null, "height": null, "duration": 3600.5, "filesize": 86400000, "status": "ready",
                          "url": "https://you.ittybit.net/e/a.mp3?signature=abc", "ref": "podcast_audio" },
              "status": "processing", "progress": 42, "error": null, "created": "2025-09-01T10:00:00Z" }
            """));

        task.ShouldBe(new IttybitTask
        {
            Id = "task_01",
            Kind = "audio",
            Status = "processing",
            Progress = 42,
            Ref = "podcast_audio-1",
            WebhookUrl = "https://podcast.test/webhooks/ittybit/x",
            InputFileId = "file_01",
            InputUrl = "https://you.ittybit.net/e/raw.mp4",
            CreatedAt = Created,
            Output = new IttybitFile
            {
                Id = "file_9",
                MediaId = "med_7",
                Kind = "audio",
                Type = "audio/mpeg",
                Url = new Uri("https://you.ittybit.net/e/a.mp3?signature=abc"),
                Duration = 3600.5,
                Filesize = 86400000,
                Ref = "podcast_audio",
                Status = "ready",
            },
        });
    }
}
