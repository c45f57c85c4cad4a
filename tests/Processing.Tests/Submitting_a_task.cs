using System.Globalization;
using System.Text.Json.Nodes;
using MassTransit;
using MassTransit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NSubstitute;
using Podcast.Contracts;
using Podcast.Ittybit.Client;
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
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task each_kind_asks_for_what_the_tutorial_asks_for(string what, TaskKind kind, string expected)
    {
        await using var worker = await ProcessingScenario.Start();
        worker.Ittybit.On("POST /tasks", Reply.Json(Pending, 201));

        var told = kind switch
        {
            TaskKind.AudioExtraction => await worker.Handle(new ExtractAudio(worker.Episode, 1, worker.Source)),
            TaskKind.VideoTranscode => await worker.Handle(new TranscodeVideo(worker.Episode, 1, worker.Source)),
            TaskKind.TranscriptGeneration => await worker.Handle(new GenerateTranscript(worker.Episode, 1, worker.Source)),
            _ => await worker.Handle(new DetectChapters(worker.Episode, 1, worker.Source)),
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
    public async Task options_take_the_place_of_defaults_and_what_does_not_fit_is_not_sent()
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

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(410)]
    [InlineData(422)]
    public async Task a_refused_request_is_a_final_failure_with_ittybits_reason(int status)
    {
        await using var worker = await ProcessingScenario.Start();
        worker.Ittybit.On("POST /tasks", Reply.Json("""{"kind":"request_invalid","message":"fps must be a number"}""", status));

        var failed = (await worker.Handle(worker.ExtractAudio())).ShouldHaveSingleItem().ShouldBeOfType<TaskFailed>();

        (failed.Transient, failed.IttybitTaskId).ShouldBe((false, null));
        failed.Reason.ShouldContain("fps must be a number");
        worker.Ittybit.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task trouble_at_ittybit_is_a_transient_failure(int status)
    {
        await using var worker = await ProcessingScenario.Start();
        worker.Ittybit.On("POST /tasks", Reply.Content("text/html", "<html>bad gateway</html>", status));

        var failed = (await worker.Handle(worker.ExtractAudio())).ShouldHaveSingleItem().ShouldBeOfType<TaskFailed>();

        (failed.Transient, failed.IttybitTaskId).ShouldBe((true, null));
        worker.Ittybit.Posts.Count().ShouldBe(1);
    }

    [Fact]
    public async Task an_answer_that_nobody_can_read_is_a_transient_failure()
    {
        await using var worker = await ProcessingScenario.Start();
        worker.Ittybit.On(
            "POST /tasks",
            Reply.Content("text/html", "<html>welcome</html>"),
            Reply.CutShort("application/json", """{"id":"task_1","sta"""),
            Reply.Json("""{"id":"task_1"}"""),
            Reply.Json("[]"),
            Reply.HangUp);

        for (var attempt = 1; attempt <= 5; attempt++)
        {
            var told = await worker.Handle(worker.ExtractAudio(attempt));
            told.ShouldHaveSingleItem().ShouldBeOfType<TaskFailed>().Transient.ShouldBeTrue();
        }
    }

    [Fact]
    public async Task no_answer_in_time_is_a_transient_failure()
    {
        await using var worker = await ProcessingScenario.Start();
        worker.Ittybit.On("POST /tasks", Reply.Silence);

        var handling = worker.Handle(worker.ExtractAudio());
        await Eventually.Holds(() => worker.Ittybit.Requests.Count == 1, "the request is there");
        worker.Clock.Advance(TimeSpan.FromSeconds(31));

        (await handling).ShouldHaveSingleItem().ShouldBeOfType<TaskFailed>().Transient.ShouldBeTrue();
    }

    [Fact]
    public async Task nobody_at_the_address_is_a_transient_failure()
    {
        await using var worker = await ProcessingScenario.Start(("Ittybit:BaseAddress", "http://127.0.0.1:1"));

        (await worker.Handle(worker.ExtractAudio())).ShouldHaveSingleItem().ShouldBeOfType<TaskFailed>().Transient.ShouldBeTrue();
    }

    [Theory]
    [InlineData(401, null, 30)]
    [InlineData(402, null, 30)]
    [InlineData(403, null, 30)]
    [InlineData(429, null, 2)]
    [InlineData(429, "17", 17)]
    [InlineData(429, "date+40", 40)]
    [InlineData(429, "99999999", 3600)]
    public async Task when_ittybit_takes_no_requests_the_task_waits_and_nothing_fails(int status, string? retryAfter, int seconds)
    {
        await using var worker = await ProcessingScenario.Start();
        var now = worker.Clock.GetUtcNow();
        var header = retryAfter == "date+40" ? (now + TimeSpan.FromSeconds(40)).ToString("R", CultureInfo.InvariantCulture) : retryAfter;
        worker.Ittybit.On(
            "POST /tasks", Reply.Json("""{"error":{"message":"no"}}""", status, header is null ? [] : [("Retry-After", header)]));

        var deferred = (await worker.Handle(worker.ExtractAudio())).ShouldHaveSingleItem().ShouldBeOfType<TaskDeferred>();

        (deferred.EpisodeId, deferred.Task, deferred.Attempt).ShouldBe((worker.Episode, TaskKind.AudioExtraction, 1));
        // A date has whole seconds only.
        (deferred.Until - now).ShouldBe(TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(1));
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
    public async Task a_reason_holds_neither_our_key_nor_the_callbacks_token()
    {
        await using var worker = await ProcessingScenario.Start();
        var callback = worker.Callback().ToString();
        worker.Ittybit.On("POST /tasks", Reply.Json(
            $$"""{"error":{"message":"webhook_url {{callback}} is not https; key {{ProcessingScenario.ApiKey}} may not"} }""", 400));

        var failed = (await worker.Handle(worker.ExtractAudio())).ShouldHaveSingleItem().ShouldBeOfType<TaskFailed>();

        failed.Reason.ShouldContain("is not https");
        failed.Reason.ShouldNotContain(callback.Split('/')[^1]);
        failed.Reason.ShouldNotContain(ProcessingScenario.ApiKey);
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

    [Fact]
    public async Task a_bug_of_ours_is_a_fault_and_no_failure_of_the_task()
    {
        var broken = Substitute.For<IIttybitApi>();
        broken.CreateTask(null!, null, default).ReturnsForAnyArgs<IttybitTask>(_ => throw new InvalidOperationException("a bug"));
        await using var worker = await ProcessingScenario.Start(services => services.Replace(ServiceDescriptor.Singleton(broken)));

        // The second try, after the first's exception, looks first: also broken by the same bug in real life, here it finds nothing.
        broken.ListTasks().ReturnsForAnyArgs([]);
        var told = await worker.Handle(worker.ExtractAudio());

        told.ShouldBeEmpty();
        (await worker.Harness.Published.Any<Fault<ExtractAudio>>()).ShouldBeTrue();
    }

    private static string WithoutTrace(JsonNode? callback) => callback!.GetValue<string>().Split('?')[0];
}
