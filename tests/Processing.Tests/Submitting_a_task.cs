using System.Text.Json.Nodes;
using Podcast.Contracts;
using Podcast.Testing;

namespace Podcast.Processing.Tests;

public sealed class Submitting_a_task
{
    private const string Pending = """{"id":"task_1","object":"task","kind":"audio","status":"pending","output":null}""";

    public static TheoryData<string, TaskKind, string> Requests => new()
    {
        {
            "audio", TaskKind.AudioExtraction,
            """{"file_id":"file_abc123","kind":"audio","format":"mp3","bitrate":192000,"channels":2,"ref":"podcast_audio-9b1f4c4e5e8a4f0f8e3a7c2b9d3f1e2a-1"}"""
        },
        {
            "video", TaskKind.VideoTranscode,
            """{"file_id":"file_abc123","kind":"video","format":"mp4","codec":"h264","width":1920,"height":1080,"fps":30,"bitrate":5000000,"ref":"youtube_video-9b1f4c4e5e8a4f0f8e3a7c2b9d3f1e2a-1"}"""
        },
        {
            "transcript", TaskKind.TranscriptGeneration,
            """{"file_id":"file_abc123","kind":"speech","language":"en","ref":"transcript-9b1f4c4e5e8a4f0f8e3a7c2b9d3f1e2a-1"}"""
        },
        {
            "chapters", TaskKind.ChapterDetection,
            """{"file_id":"file_abc123","kind":"chapters","ref":"chapters-9b1f4c4e5e8a4f0f8e3a7c2b9d3f1e2a-1"}"""
        },
        {
            "thumbnail", TaskKind.Thumbnail,
            """{"file_id":"file_abc123","kind":"image","format":"jpeg","width":1280,"start":2,"ref":"thumbnail-9b1f4c4e5e8a4f0f8e3a7c2b9d3f1e2a-1"}"""
        },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task task_request_of_each_kind_matches_the_tutorial(string what, TaskKind kind, string expected)
    {
        await using var worker = await ProcessingScenario.Start();
        worker.Ittybit.On("POST /tasks", Reply.Json(Pending, 201));

        var told = kind switch
        {
            TaskKind.AudioExtraction => await worker.Handle(new ExtractAudio(worker.Episode, 1, worker.Source)),
            TaskKind.VideoTranscode => await worker.Handle(new TranscodeVideo(worker.Episode, 1, worker.Source)),
            TaskKind.TranscriptGeneration => await worker.Handle(new GenerateTranscript(worker.Episode, 1, worker.Source)),
            TaskKind.ChapterDetection => await worker.Handle(new DetectChapters(worker.Episode, 1, worker.Source)),
            _ => await worker.Handle(new CreateThumbnail(worker.Episode, 1, worker.Source)),
        };

        told.ShouldHaveSingleItem().ShouldBe(new TaskStarted(worker.Episode, kind, 1, "task_1", worker.Clock.GetUtcNow()), what);
        var request = worker.Ittybit.Requests.ShouldHaveSingleItem();
        var callback = WithoutTrace(request.Body!["webhook_url"]);
        callback.ShouldBe(worker.Callback(kind).ToString());
        request.Body.AsObject().Remove("webhook_url");
        JsonNode.DeepEquals(request.Body, JsonNode.Parse(expected)).ShouldBeTrue(request.Body.ToJsonString());
    }

    [Fact]
    public async Task the_request_carries_key_version_and_idempotency_key()
    {
        await using var worker = await ProcessingScenario.Start();
        worker.Ittybit.On("POST /tasks", Reply.Json(Pending, 201));

        await worker.Handle(worker.ExtractAudio(attempt: 3));

        var headers = worker.Ittybit.Posts.ShouldHaveSingleItem().Headers;
        headers["Authorization"].ShouldBe($"Bearer {ProcessingScenario.ApiKey}");
        headers["Accept-Version"].ShouldBe("2025-08-20");
        headers["Idempotency-Key"].ShouldBe($"{worker.Episode}/audio_extraction/3");
    }

    [Fact]
    public async Task options_replace_defaults_and_unfitting_ones_are_not_sent()
    {
        await using var worker = await ProcessingScenario.Start();
        worker.Ittybit.On("POST /tasks", Reply.Json(Pending, 201));
        var options = new TaskOptions(Format: "aac", Bitrate: 96_000, Channels: 1, Codec: "h265", Width: 640, Language: "de");

        await worker.Handle(new ExtractAudio(
            worker.Episode, 2, new EpisodeSource(null, new Uri("https://cdn.example/raw.mp4?a=b")), options));

        var body = worker.Ittybit.Posts.ShouldHaveSingleItem().Body!.AsObject();
        body.Remove("webhook_url");
        JsonNode.DeepEquals(body, JsonNode.Parse(
            """{"url":"https://cdn.example/raw.mp4?a=b","kind":"audio","format":"aac","bitrate":96000,"channels":1,"ref":"podcast_audio-9b1f4c4e5e8a4f0f8e3a7c2b9d3f1e2a-2"}"""))
            .ShouldBeTrue(body.ToJsonString());
    }

    [Fact]
    public async Task a_task_that_is_done_at_once_is_told_as_started_and_completed()
    {
        await using var worker = await ProcessingScenario.Start();
        worker.Ittybit.On("POST /tasks", Reply.Json(
            """{"id":"task_1","status":"succeeded","output":{"id":"file_9","url":"https://you.ittybit.net/a.mp3","type":"audio/mpeg"}}""", 201));

        var told = await worker.Handle(worker.ExtractAudio());

        var now = worker.Clock.GetUtcNow();
        told.ShouldBe(
        [
            new TaskStarted(worker.Episode, TaskKind.AudioExtraction, 1, "task_1", now),
            new TaskCompleted(
                worker.Episode, TaskKind.AudioExtraction, 1, "task_1",
                new TaskOutput("file_9", new Uri("https://you.ittybit.net/a.mp3"), "audio/mpeg"), now),
        ]);
    }

    [Fact]
    public async Task a_task_that_failed_at_once_is_told_as_started_and_failed()
    {
        await using var worker = await ProcessingScenario.Start();
        worker.Ittybit.On("POST /tasks", Reply.Json("""{"id":"task_1","status":"error","error":"format_unsupported"}""", 201));

        var told = await worker.Handle(worker.ExtractAudio());

        told[0].ShouldBeOfType<TaskStarted>();
        told[1].ShouldBe(new TaskFailed(
            worker.Episode, TaskKind.AudioExtraction, 1, "task_1", "format_unsupported", Transient: false, worker.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task a_source_that_is_none_fails_without_a_request()
    {
        await using var worker = await ProcessingScenario.Start();

        foreach (var source in new[] { new EpisodeSource(null, null), new EpisodeSource(" ", null), new EpisodeSource("file_1", new Uri("https://x.example/")) })
        {
            var told = await worker.Handle(new ExtractAudio(worker.Episode, 1, source));
            told.ShouldHaveSingleItem().ShouldBeOfType<TaskFailed>().Transient.ShouldBeFalse();
        }

        worker.Ittybit.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task the_task_of_an_earlier_attempt_is_not_taken_for_this_one()
    {
        await using var worker = await ProcessingScenario.Start();
        worker.Ittybit.On("POST /tasks", Reply.Json(Pending, 201));

        var told = await worker.Handle(worker.ExtractAudio(attempt: 2, known: "task_1"));

        told.ShouldHaveSingleItem().ShouldBeOfType<TaskFailed>().Transient.ShouldBeTrue();
    }

    [Fact]
    public async Task the_task_of_another_episode_is_not_taken_for_this_one()
    {
        await using var worker = await ProcessingScenario.Start();
        worker.Ittybit.On("POST /tasks", Reply.Json("""{"id":"task_1","kind":"audio","status":"pending","ref":"podcast_audio-of-somebody-1"}""", 201));

        var told = await worker.Handle(worker.ExtractAudio());

        told.ShouldHaveSingleItem().ShouldBeOfType<TaskFailed>().Transient.ShouldBeTrue();
    }

    private static string WithoutTrace(JsonNode? callback) => callback!.GetValue<string>().Split('?')[0];
}
