using System.Net;
using System.Text.Json.Nodes;
using Podcast.Contracts;
using Podcast.Ingest.Api.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Ingest.Api.Tests;

public sealed class When_the_tutorial_is_walked(IngestHost host) : IClassFixture<IngestHost>
{
    private static readonly string[] fieldsOfTheTutorial =
    [
        "id", "title", "description", "status", "progress", "created_at", "processing_started_at", "processing_completed_at", "tasks",
        "outputs",
    ];

    private static readonly string[] taskFieldsOfTheTutorial = ["type", "status", "error", "output_url", "updated_at"];

    [Fact]
    public async Task every_step_answers_with_the_json_of_the_tutorial()
    {
        var client = host.ClientOf("ann");
        host.Ittybit.Has("file_abc123");

        // 1. Upload initiation
        var prepared = await client.Post("/episodes/prepare-upload", """
            { "filename": "episode-042.mp4", "title": "How to Build APIs", "filesize": 2147483648 }
            """);
        var answer = await prepared.Answer(HttpStatusCode.Created);
        var id = (Guid)answer["id"]!;
        prepared.Headers.Location!.ToString().ShouldBe($"/episodes/{id}");
        ((string)answer["status"]!).ShouldBe("awaiting_upload");

        var upload = answer["upload"]!;
        var asked = host.Ittybit.Signatures.ShouldHaveSingleItem();
        asked.method.ShouldBe("put");
        asked.folder.ShouldBe($"episodes/{id}");
        asked.filename.ShouldBe("source.mp4");
        ((string)upload["method"]!).ShouldBe("PUT");
        ((string)upload["url"]!).ShouldStartWith($"https://you.ittybit.net/episodes/{id}/source.mp4?expiry={asked.expiry}&method=put");
        ((string)upload["folder"]!).ShouldBe(asked.folder);
        ((string)upload["filename"]!).ShouldBe(asked.filename);
        ((string)upload["expires_at"]!).ShouldBe("2026-01-15T20:32:10Z");
        asked.expiry.ShouldBe(new DateTimeOffset(2026, 1, 15, 20, 32, 10, TimeSpan.Zero).ToUnixTimeSeconds());
        ((string)(await client.Get($"/episodes/{id}"))["status"]!).ShouldBe("awaiting_upload");

        // 3. Confirm upload
        var confirmed = await client.Post($"/episodes/{id}/confirm-upload", """{ "ittybit_file_id": "file_abc123" }""");
        var uploaded = await confirmed.Answer(HttpStatusCode.Accepted);
        confirmed.Headers.Location!.ToString().ShouldBe($"/episodes/{id}");
        var seen = await client.Get($"/episodes/{id}");
        ((string)seen["waiting_for"]!).ShouldStartWith("Waiting for work on it to begin");
        seen["waiting_for"] = seen["waiting"] = seen["actions"] = null; // not in an answer that may be given again later
        JsonNode.DeepEquals(uploaded, seen).ShouldBeTrue();
        ((string)uploaded["status"]!).ShouldBe("uploaded");
        ((int)uploaded["progress"]!).ShouldBe(0);
        uploaded["tasks"]!.AsArray().ShouldBeEmpty();

        await Eventually.Holds(() => host.Published<EpisodeUploaded>().Count == 1, "the upload is announced");
        var announced = host.Published<EpisodeUploaded>().Single();
        announced.EpisodeId.ShouldBe(id);
        announced.OwnerId.ShouldBe("ann");
        announced.Title.ShouldBe("How to Build APIs");
        announced.Source.ShouldBe(new EpisodeSource("file_abc123", null, "episode-042.mp4", 2_000_000_000, 3600));
        announced.Tasks.ShouldBeNull();
        announced.UploadedAt.ShouldBe(host.Clock.GetUtcNow());

        // 4. Ittybit processes
        await host.Deliver(Snapshot.Of(id, 3, "ann", EpisodeStatus.Processing, null, TwoOfThree()));
        await Eventually.Holds(async () => (int)(await client.Get($"/episodes/{id}"))["version"]! == 3, "the snapshot shows");
        var processing = await client.Get($"/episodes/{id}");
        Seed(processing).ShouldBe($$"""
            {
              "id": "{{id}}",
              "title": "How to Build APIs",
              "description": "A talk",
              "status": "processing",
              "progress": 67,
              "created_at": "2026-01-15T14:32:10Z",
              "processing_started_at": "2026-01-15T14:32:10Z",
              "processing_completed_at": null,
              "tasks": [
                {
                  "type": "audio_extraction",
                  "status": "completed",
                  "error": null,
                  "output_url": "https://you.ittybit.net/episodes/x/audio.mp3",
                  "updated_at": "2026-01-15T14:32:11Z"
                },
                {
                  "type": "video_transcode",
                  "status": "failed",
                  "error": "codec",
                  "output_url": null,
                  "updated_at": "2026-01-15T14:32:11Z"
                },
                {
                  "type": "transcript_generation",
                  "status": "processing",
                  "error": null,
                  "output_url": null,
                  "updated_at": "2026-01-15T14:32:11Z"
                }
              ],
              "outputs": {
                "audio_url": null,
                "video_url": null,
                "transcript": null
              }
            }
            """.ReplaceLineEndings("\n"));

        // 6. Episode is ready
        await host.Deliver(
            Snapshot.Of(id, 6, "ann", EpisodeStatus.Processed, null, AllThree()),
            new TranscriptCollected(id, 1, "Hello.", "en", [new TranscriptLine(0, 1.5, "Hello.")], Snapshot.At(5)));
        await Eventually.Holds(
            async () => (await client.Get($"/episodes/{id}"))["outputs"]!["transcript"] is not null
                && (string)(await client.Get($"/episodes/{id}"))["status"]! == "processed",
            "the episode is processed");
        var ready = await client.Get($"/episodes/{id}");
        ((int)ready["progress"]!).ShouldBe(100);
        ((string)ready["processing_completed_at"]!).ShouldBe("2026-01-15T14:32:16Z");
        ready["outputs"]!.ToJsonString().ShouldBe(
            """{"audio_url":"https://you.ittybit.net/episodes/x/audio.mp3","video_url":"https://you.ittybit.net/episodes/x/video.mp4","transcript":"available"}""");
    }

    private static TaskSnapshot[] TwoOfThree() =>
    [
        Snapshot.Task(TaskKind.AudioExtraction, TaskState.Completed, "task_a", Snapshot.Output("audio.mp3")),
        Snapshot.Task(TaskKind.VideoTranscode, TaskState.Failed, "task_v", error: "codec"),
        Snapshot.Task(TaskKind.TranscriptGeneration, TaskState.Processing, "task_t", percent: 40),
    ];

    private static TaskSnapshot[] AllThree() =>
    [
        Snapshot.Task(TaskKind.AudioExtraction, TaskState.Completed, "task_a", Snapshot.Output("audio.mp3")),
        Snapshot.Task(TaskKind.VideoTranscode, TaskState.Completed, "task_v2", Snapshot.Output("video.mp4")),
        Snapshot.Task(TaskKind.TranscriptGeneration, TaskState.Completed, "task_t", Snapshot.Output("transcript.json")),
    ];

    /// <summary>The answer without what we add, in the order it came.</summary>
    private static string Seed(JsonNode episode)
    {
        var seed = episode.DeepClone().AsObject();
        Keep(seed, fieldsOfTheTutorial);
        foreach (var task in seed["tasks"]!.AsArray())
            Keep(task!.AsObject(), taskFieldsOfTheTutorial);
        return seed.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true }).ReplaceLineEndings("\n");
    }

    private static void Keep(JsonObject json, string[] fields)
    {
        foreach (var name in json.Select(field => field.Key).Except(fields).ToArray())
            json.Remove(name);
    }
}
