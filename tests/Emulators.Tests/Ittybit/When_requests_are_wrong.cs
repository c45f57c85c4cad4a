using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Podcast.Emulators.Tests.Ittybit.Support;

namespace Podcast.Emulators.Tests.Ittybit;

public sealed class When_requests_are_wrong(SharedEmulator shared) : IClassFixture<SharedEmulator>
{
    private readonly RunningEmulator emulator = shared.Simulating;

    [Fact]
    public async Task a_key_is_required()
    {
        using var client = new HttpClient();

        var answer = await Answer.Of(await client.GetAsync(new Uri(emulator.Http.BaseAddress!, "tasks")));

        answer.Status.ShouldBe(HttpStatusCode.Unauthorized);
        answer.ErrorMessage.ShouldContain("API key");
    }

    [Fact]
    public async Task a_key_that_is_not_on_the_list_is_refused()
    {
        await using var strict = await RunningEmulator.Start(options => options.ApiKeys = ["another key"]);

        (await strict.Get("tasks")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("""{"url":"http://a.test/a.mp4"}""", "kind")]
    [InlineData("""{"kind":"nonsense","url":"http://a.test/a.mp4"}""", "kind")]
    [InlineData("""{"kind":"audio"}""", "exactly one")]
    [InlineData("""{"kind":"audio","file_id":"file_1","url":"http://a.test/a.mp4"}""", "exactly one")]
    [InlineData("""{"kind":"audio","url":"file:///etc/passwd"}""", "source")]
    [InlineData("""{"kind":"audio","input":"a.mp4"}""", "source")]
    [InlineData("""{"kind":"audio","url":"http://a.test/a.mp4","webhook_url":"nowhere"}""", "webhook_url")]
    [InlineData("""{"kind":"audio","url":"http://a.test/a.mp4","format":"mp7"}""", "format")]
    [InlineData("""{"kind":"audio","url":"http://a.test/a.mp4","bitrate":1}""", "bitrate")]
    [InlineData("""{"kind":"audio","url":"http://a.test/a.mp4","channels":6}""", "channels")]
    [InlineData("""{"kind":"video","url":"http://a.test/a.mp4","codec":"h263"}""", "codec")]
    [InlineData("""{"kind":"video","url":"http://a.test/a.mp4","options":{"width":"wide"}}""", "width")]
    [InlineData("""{"kind":"video","url":"http://a.test/a.mp4","fps":0}""", "fps")]
    [InlineData("""[]""", "JSON object")]
    public async Task a_task_that_makes_no_sense_is_refused_by_name(string body, string named)
    {
        var answer = await emulator.Post("tasks", JsonNode.Parse(body)!);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.ErrorMessage.ShouldContain(named);
        emulator.Emulator.Totals.Tasks.ShouldBe(0);
    }

    [Theory]
    [InlineData("POST", "tasks")]
    [InlineData("POST", "files")]
    [InlineData("PATCH", "files/file_1")]
    [InlineData("POST", "media")]
    [InlineData("PATCH", "media/med_1")]
    [InlineData("POST", "signatures")]
    [InlineData("PUT", "_emulator/chaos")]
    public async Task a_text_that_is_no_text_is_refused_at_every_route(string method, string path)
    {
        foreach (var body in new[]
        {
            """{"\ud800":1}""", """{"\ud800":1,"\ud800":1}""", """{"kind":"\ud800","dialect":"\ud800","filename":"\ud800"}""",
            """{"options":{"\udc00":1},"metadata":{"\udc00":"x"},"seed":{"\udc00":1}}""",
            "{\"\u00ff\":1}", "{\"kind\":\"\u00ff\",\"dialect\":\"\u00ff\"}",
        })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path)
            {
                Content = new ByteArrayContent(Encoding.Latin1.GetBytes(body)) { Headers = { ContentType = new("application/json") } },
            };
            using var answer = await emulator.Http.SendAsync(request);
            ((int)answer.StatusCode).ShouldBeInRange(400, 499, $"{method} {path} {body}");
        }
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("""{"kind":"audio","kind":"video"}""")]
    public async Task a_body_that_is_no_json_object_is_refused(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await emulator.Http.PostAsync("tasks", content);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task a_huge_body_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "tasks");
        request.Content = new StringContent("{\"kind\":\"" + new string('x', 2_000_000) + "\"}", Encoding.UTF8, "application/json");
        request.Headers.ExpectContinue = true;
        using var answer = await emulator.Http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("GET", "tasks", "2024-08-21")]
    [InlineData("POST", "tasks", "2025-8-20")]
    [InlineData("GET", "media/med_none", "newest")]
    [InlineData("POST", "signatures", "2025-08-20, latest")]
    [InlineData("GET", "nothing/here", "1")]
    public async Task unknown_version_is_refused_with_the_known_ones(string method, string path, string version)
    {
        var answer = await emulator.Send(new HttpMethod(method), path, TaskBodies.Audio("file_1"), ("Accept-Version", version));

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.ErrorMessage.ShouldContain("Accept-Version");
        answer.ErrorMessage.ShouldContain("2025-08-20");
        answer.ErrorMessage.ShouldContain("latest");
    }

    [Theory]
    [InlineData("")]
    [InlineData("2025-08-20")]
    [InlineData("latest")]
    public async Task known_version_is_served(string version)
    {
        var answer = await emulator.Send(HttpMethod.Get, "tasks", null, ("Accept-Version", version));

        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Json.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("DELETE", "tasks", "GET, POST")]
    [InlineData("HEAD", "tasks", "GET, POST")]
    [InlineData("PUT", "tasks/task_1", "GET")]
    [InlineData("PUT", "files", "GET, POST")]
    [InlineData("POST", "files/file_1", "GET, PATCH, DELETE")]
    [InlineData("PUT", "media/med_1", "GET, PATCH, DELETE")]
    [InlineData("GET", "signatures", "POST")]
    [InlineData("POST", "files-host/e/a.mp4", "PUT, OPTIONS, GET, HEAD")]
    [InlineData("POST", "_emulator", "GET")]
    [InlineData("DELETE", "_emulator/chaos", "GET, PUT")]
    public async Task wrong_method_is_405_with_the_right_ones(string method, string path, string allowed)
    {
        var answer = await emulator.Send(new HttpMethod(method), path);

        answer.Status.ShouldBe(HttpStatusCode.MethodNotAllowed);
        answer.Allow.ShouldBe(allowed);
        if (method != "HEAD")
            answer.ErrorMessage.ShouldContain(allowed);
    }

    [Fact]
    public async Task wrong_method_needs_a_key_and_is_in_the_ledger()
    {
        var before = emulator.Emulator.Totals.Requests;
        using var client = new HttpClient();
        var anonymous = await Answer.Of(await client.DeleteAsync(new Uri(emulator.Http.BaseAddress!, "tasks")));

        anonymous.Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await emulator.Send(HttpMethod.Delete, "tasks")).Status.ShouldBe(HttpStatusCode.MethodNotAllowed);
        emulator.Emulator.Totals.Requests.ShouldBe(before + 2);
    }

    [Theory]
    [InlineData("tasks/task_none")]
    [InlineData("files/file_none")]
    [InlineData("media/med_none")]
    [InlineData("nothing/here")]
    [InlineData("files-host/no/file.mp4")]
    public async Task what_is_not_there_is_404_in_ittybits_words(string path)
    {
        var answer = await emulator.Get(path);

        answer.Status.ShouldBe(HttpStatusCode.NotFound);
        answer.ErrorMessage.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task a_task_on_an_unknown_file_is_404()
    {
        (await emulator.Post("tasks", TaskBodies.Audio("file_none"))).Status.ShouldBe(HttpStatusCode.NotFound);
        emulator.Emulator.Totals.Tasks.ShouldBe(0);
    }

    [Theory]
    [InlineData("tasks?limit=0")]
    [InlineData("tasks?limit=101")]
    [InlineData("tasks?page=0")]
    [InlineData("files?page=two")]
    [InlineData("media?page=2147483647")]
    public async Task a_page_that_cannot_be_is_refused(string path)
    {
        var answer = await emulator.Get(path);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.ErrorMessage.ShouldContain("limit");
    }
}
