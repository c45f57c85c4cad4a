namespace Podcast.Ittybit.Tests;

public class When_ittybit_is_asked
{
    private static readonly IttybitSource File = new("file_abc123", null);
    private static readonly IttybitSource Address = new(null, new Uri("https://x.test/raw.mp4"));
    private readonly FakeIttybit ittybit = new FakeIttybit().Answers(201, """{ "id": "task_1", "status": "pending" }""");

    public static TheoryData<string, CreateTaskRequest> Tasks => new()
    {
        {
            """{"file_id":"file_abc123","kind":"audio","format":"mp3","bitrate":192000,"channels":2,"ref":"podcast_audio"}""",
            IttybitTasks.Audio(File)
        },
        {
            """{"file_id":"file_abc123","kind":"audio","format":"aac","bitrate":64000,"channels":1,"ref":"mine","webhook_url":"https://podcast.test/hook"}""",
            IttybitTasks.Audio(File, "aac", 64_000, 1) with { Ref = "mine", WebhookUrl = new Uri("https://podcast.test/hook") }
        },
        {
            """{"file_id":"file_abc123","kind":"video","format":"mp4","bitrate":5000000,"codec":"h264","width":1920,"height":1080,"fps":30,"ref":"youtube_video"}""",
            IttybitTasks.Video(File)
        },
        {
            """{"url":"https://x.test/raw.mp4","kind":"video","format":"webm","bitrate":800000,"codec":"vp9","width":640,"height":360,"fps":25,"ref":"small"}""",
            IttybitTasks.Video(Address, "webm", "vp9", 640, 360, 25, 800_000) with { Ref = "small" }
        },
        {
            """{"file_id":"file_abc123","kind":"speech","language":"en","ref":"transcript"}""",
            IttybitTasks.Speech(File)
        },
        {
            """{"url":"https://x.test/raw.mp4","kind":"speech","language":"de","ref":"transcript-2"}""",
            IttybitTasks.Speech(Address, "de") with { Ref = "transcript-2" }
        },
        {
            """{"file_id":"file_abc123","kind":"chapters","ref":"chapters"}""",
            IttybitTasks.Chapters(File)
        },
        {
            """{"file_id":"file_abc123","kind":"image","format":"jpeg","width":1280,"start":2,"ref":"thumbnail"}""",
            IttybitTasks.Image(File)
        },
        {
            """{"url":"https://x.test/raw.mp4","kind":"image","format":"png","height":720,"start":90.5,"ref":"thumbnail"}""",
            IttybitTasks.Image(Address, "png", height: 720, start: 90.5)
        },
        {
            """{"input":"https://x.test/raw.mp4","kind":"video","options":{"width":1920,"format":"mp4","quality":"high"}}""",
            new CreateTaskRequest
            {
                Input = "https://x.test/raw.mp4",
                Kind = "video",
                Options = new IttybitTaskOptions { Width = 1920, Format = "mp4", Quality = "high" },
            }
        },
    };

    [Theory]
    [MemberData(nameof(Tasks))]
    public async Task a_task_is_created_with_the_tutorials_words_and_nothing_else(string body, CreateTaskRequest request)
    {
        await using var client = new Client(ittybit);

        var task = await client.Api.CreateTask(request);

        task.Id.ShouldBe("task_1");
        ittybit.Last.Method.ShouldBe("POST");
        ittybit.Last.Uri.ShouldBe(new Uri("https://api.ittybit.com/tasks"));
        Json.Of(ittybit.Last.Body).ShouldBeSameJsonAs(body);
    }

    [Fact]
    public async Task every_request_carries_key_and_version()
    {
        await using var client = new Client(ittybit);

        await client.Api.GetTask("task_1");
        await client.Api.CreateTask(IttybitTasks.Audio(File), "episode-1-audio");

        foreach (var request in ittybit.Requests)
        {
            request.Headers["Authorization"].ShouldBe($"Bearer {Client.Key}");
            request.Headers["Accept-Version"].ShouldBe("2025-08-20");
            request.Headers["Accept"].ShouldBe("application/json");
        }

        ittybit.Requests.First().Headers.ContainsKey("Idempotency-Key").ShouldBeFalse();
        ittybit.Last.Headers["Idempotency-Key"].ShouldBe("episode-1-audio");
        ittybit.Last.Length.ShouldBe(ittybit.Last.Body.Length);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080/ittybit", "http://127.0.0.1:5080/ittybit/tasks/task_1")]
    [InlineData("http://127.0.0.1:5080/ittybit/", "http://127.0.0.1:5080/ittybit/tasks/task_1")]
    [InlineData("http://127.0.0.1:5080", "http://127.0.0.1:5080/tasks/task_1")]
    public async Task the_base_address_may_have_a_path(string address, string expected)
    {
        await using var client = new Client(ittybit, settings: ("Ittybit:BaseAddress", address));

        await client.Api.GetTask("task_1");

        ittybit.Last.Uri.OriginalString.ShouldBe(expected);
    }

    [Theory]
    [InlineData("task 1", "/tasks/task%201")]
    [InlineData("a/b?c=d&e#f", "/tasks/a%2Fb%3Fc%3Dd%26e%23f")]
    [InlineData("größe", "/tasks/gr%C3%B6%C3%9Fe")]
    public async Task an_id_is_escaped_in_the_path(string id, string path)
    {
        await using var client = new Client(ittybit);

        await client.Api.GetTask(id);

        ittybit.Last.Uri.AbsoluteUri.ShouldBe($"https://api.ittybit.com{path}");
    }

    [Fact]
    public async Task a_filter_is_escaped_and_left_out_when_null()
    {
        var ittybit = new FakeIttybit().Answers(200, "[]");
        await using var client = new Client(ittybit);

        await client.Api.ListTasks(kind: "audio&limit=1");

        ittybit.Last.Uri.PathAndQuery.ShouldBe("/tasks?page=1&limit=100&kind=audio%26limit%3D1");
    }

    [Theory]
    [InlineData("key\r\nAuthorization: Bearer forged")]
    [InlineData("key\nX-Other: forged")]
    public async Task a_header_value_cannot_begin_another_header(string key)
    {
        await using var client = new Client(ittybit);

        await client.Api.CreateTask(IttybitTasks.Audio(File), key);

        ittybit.Last.Headers["Idempotency-Key"].ShouldBe(key.ReplaceLineEndings(""));
        ittybit.Last.Headers["Authorization"].ShouldBe($"Bearer {Client.Key}");
        ittybit.Last.Headers.ShouldNotContainKey("X-Other");
    }

    [Fact]
    public async Task tasks_are_listed_from_an_array_or_an_envelope()
    {
        var ittybit = new FakeIttybit()
            .Answers(200, """[ { "id": "task_1", "status": "pending", "ref": "a" }, { "id": "run_1", "object": "run" } ]""")
            .Answers(200, """{ "meta": { "type": "list", "total": 1 }, "data": [ { "id": "task_2", "status": "ready" } ], "links": {} }""")
            .Answers(200, "[]");
        await using var client = new Client(ittybit);

        (await client.Api.ListTasks()).ShouldHaveSingleItem().Ref.ShouldBe("a");
        (await client.Api.ListTasks(2, 50, "audio")).ShouldHaveSingleItem().Id.ShouldBe("task_2");
        (await client.Api.ListTasks()).ShouldBeEmpty();

        ittybit.Requests.Select(request => request.Uri.PathAndQuery).ShouldBe(
            ["/tasks?page=1&limit=100", "/tasks?page=2&limit=50&kind=audio", "/tasks?page=1&limit=100"]);
    }

    [Fact]
    public void a_source_is_a_file_or_an_address()
    {
        Should.Throw<ArgumentException>(() => IttybitTasks.Audio(new IttybitSource(null, null)));
        Should.Throw<ArgumentException>(() => IttybitTasks.Speech(new IttybitSource("file_1", new Uri("https://x.test/a"))));
    }
}
