using System.Text;
using Podcast.Contracts;
using Podcast.Ittybit;
using Podcast.WebhookGateway.Translating;

namespace Podcast.WebhookGateway.Tests;

/// <summary>The shapes that webhooks have had (W1–W6), and what they mean.</summary>
public sealed class Translating_Ittybits_words
{
    private static readonly TaskAttempt Name = new(Guid.Parse("9b1f4c4e-5e8a-4f0f-8e3a-7c2b9d3f1e2a"), TaskKind.ChapterDetection, 3);
    private static readonly DateTimeOffset At = new(2026, 1, 15, 14, 32, 10, TimeSpan.Zero);

    public static TheoryData<string, string, object> Shapes => new()
    {
        {
            "W1: the task, flat",
            """{"id":"task_1","object":"task","kind":"chapters","status":"completed","results":{"url":"https://you.ittybit.net/c.vtt"},"project_id":"p","created":"2025-09-01T10:00:00Z"}""",
            Done("task_1", new TaskOutput(null, new Uri("https://you.ittybit.net/c.vtt")))
        },
        {
            "W2: the tutorial's",
            """{"id":"task_1","status":"completed","kind":"chapters","output":{"id":"file_9","url":"https://you.ittybit.net/c.vtt"}}""",
            Done("task_1", new TaskOutput("file_9", new Uri("https://you.ittybit.net/c.vtt")))
        },
        {
            "W2: failed",
            """{"id":"task_1","status":"failed","error":"worker lost"}""",
            new TaskFailed(Name.EpisodeId, Name.Kind, 3, "task_1", "worker lost", true, At)
        },
        {
            "W3: input and output as addresses",
            """{"id":"task_1","status":"succeeded","kind":"chapters","input":"https://x.example/raw.mp4","output":"https://store.ittybit.net/c.vtt"}""",
            Done("task_1", new TaskOutput(null, new Uri("https://store.ittybit.net/c.vtt")))
        },
        {
            "W4: an event around the task",
            """{"id":"evt_7","object":"event","kind":"task.succeeded","created_at":1760000000,"data":{"id":"task_1","object":"task","kind":"chapters","status":"succeeded","outputs":[{"id":"file_9","type":"text/vtt","url":"https://store.ittybit.net/c.vtt"}]}}""",
            Done("task_1", new TaskOutput("file_9", new Uri("https://store.ittybit.net/c.vtt"), "text/vtt"))
        },
        {
            "W5: the file's body as results",
            """{"id":"task_1","kind":"chapters","status":"ready","results":{"url":"https://you.ittybit.net/c.json","format":"json","chapters":[{"start":0,"end":5,"title":"a"}]}}""",
            Done("task_1", new TaskOutput(null, new Uri("https://you.ittybit.net/c.json")))
        },
        {
            "W6: the file alone",
            """{"id":"file_9","object":"track","kind":"chapters","type":"text/vtt","status":"ready","url":"https://you.ittybit.net/c.vtt","filesize":120}""",
            Done("", new TaskOutput("file_9", new Uri("https://you.ittybit.net/c.vtt"), "text/vtt", null, 120))
        },
        {
            "W6: the file alone, still being made",
            """{"id":"file_9","object":"track","kind":"chapters","status":"processing"}""",
            new TaskProgressed(Name.EpisodeId, Name.Kind, 3, "", "processing", null, At)
        },
        {
            "W6: the file alone, failed",
            """{"id":"file_9","object":"track","kind":"chapters","status":"failed"}""",
            new TaskFailed(Name.EpisodeId, Name.Kind, 3, null, "Ittybit says: failed.", true, At)
        },
        {
            "a cancelled task",
            """{"id":"task_1","status":"cancelled"}""",
            new TaskFailed(Name.EpisodeId, Name.Kind, 3, "task_1", "Ittybit says: cancelled.", true, At)
        },
        {
            "a source that will never do",
            """{"id":"task_1","status":"error","error":{"kind":"format_unsupported","message":"Not a video"}}""",
            new TaskFailed(Name.EpisodeId, Name.Kind, 3, "task_1", "format_unsupported: Not a video", false, At)
        },
        {
            "progress",
            """{"id":"task_1","status":"processing","progress":40}""",
            new TaskProgressed(Name.EpisodeId, Name.Kind, 3, "task_1", "processing", 40, At)
        },
        {
            "a word from the future",
            """{"id":"task_1","status":"Finishing\nup"}""",
            new TaskProgressed(Name.EpisodeId, Name.Kind, 3, "task_1", "Finishingup", null, At)
        },
        {
            "an output that is no address of the web",
            """{"id":"task_1","status":"completed","output":{"id":"file_9","url":"javascript:alert(1)"}}""",
            Done("task_1", new TaskOutput("file_9", null))
        },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void every_shape_becomes_one_of_our_events(string shape, string body, object expected) =>
        Read(body).Event(Name, At).ShouldBe(expected, shape);

    [Fact]
    public void a_reason_holds_no_signed_address() =>
        ((TaskFailed)Read("""{"id":"task_1","status":"failed","error":"cannot read https://you.ittybit.net/e/raw.mp4?expiry=1&signature=s3cr3t today"}""")
            .Event(Name, At)).Reason.ShouldNotContain("s3cr3t");

    [Fact]
    public void a_report_says_the_same_without_the_attempt()
    {
        Read("""{"id":"task_1","status":"failed","error":"worker lost"}""").Report(At)
            .ShouldBe(new TaskReported("task_1", TaskOutcome.Failed, "failed", null, null, "worker lost", Transient: true, At));
        Read("""{"id":"task_1","status":"sleeping","progress":7}""").Report(At)
            .ShouldBe(new TaskReported("task_1", TaskOutcome.InProgress, "sleeping", 7, null, null, Transient: true, At));
    }

    private static TaskCompleted Done(string taskId, TaskOutput output) => new(Name.EpisodeId, Name.Kind, 3, taskId, output, At);

    private static IttybitTask Read(string body)
    {
        var delivery = Delivery.Read(Encoding.UTF8.GetBytes(body), maxDepth: 32);
        delivery.Problem.ShouldBeNull();
        return delivery.Task.ShouldNotBeNull();
    }
}
