using Podcast.Testing;
using Podcast.Throttling;
using Polly.CircuitBreaker;
using Polly.Timeout;
using Refit;

namespace Podcast.Ittybit.Tests.Failures;

public class When_a_call_fails
{
    [Theory]
    [InlineData(400, IttybitFailureKind.Final)]
    [InlineData(404, IttybitFailureKind.Final)]
    [InlineData(405, IttybitFailureKind.Final)]
    [InlineData(409, IttybitFailureKind.Final)]
    [InlineData(410, IttybitFailureKind.Final)]
    [InlineData(422, IttybitFailureKind.Final)]
    [InlineData(401, IttybitFailureKind.LaneBlocked)]
    [InlineData(402, IttybitFailureKind.LaneBlocked)]
    [InlineData(403, IttybitFailureKind.LaneBlocked)]
    [InlineData(429, IttybitFailureKind.LaneBlocked)]
    [InlineData(408, IttybitFailureKind.Transient)]
    [InlineData(425, IttybitFailureKind.Transient)]
    [InlineData(500, IttybitFailureKind.Transient)]
    [InlineData(502, IttybitFailureKind.Transient)]
    [InlineData(503, IttybitFailureKind.Transient)]
    [InlineData(504, IttybitFailureKind.Transient)]
    [InlineData(302, IttybitFailureKind.Transient)]
    public async Task the_status_says_what_to_do(int status, IttybitFailureKind kind)
    {
        var failure = await FailureOf(new FakeIttybit().Answers(status));

        failure.Kind.ShouldBe(kind);
        failure.StatusCode.ShouldBe(status);
        failure.Message.ShouldContain($"({status})");
        failure.RetryAfter.ShouldBeNull();
    }

    [Theory]
    [InlineData(404, "", IttybitFailureKind.Transient)]
    [InlineData(404, "<html><body>Not found</body></html>", IttybitFailureKind.Transient)]
    [InlineData(404, """{ "message": "no Route matched with those values" }""", IttybitFailureKind.Transient)]
    [InlineData(404, """{ "kind": "file_not_found", "message": "There is no file file_1" }""", IttybitFailureKind.Final)]
    [InlineData(404, """{ "error": { "message": "There is no file file_1" } }""", IttybitFailureKind.Final)]
    [InlineData(410, "Gone", IttybitFailureKind.Transient)]
    [InlineData(410, """{ "kind": "file_not_found", "message": "There is no file file_1 any more" }""", IttybitFailureKind.Final)]
    [InlineData(405, "<html><body>Not allowed</body></html>", IttybitFailureKind.Transient)]
    [InlineData(405, """{ "kind": "method_not_allowed", "message": "Only GET" }""", IttybitFailureKind.Transient)]
    [InlineData(400, "", IttybitFailureKind.Final)]
    public async Task a_creation_is_only_refused_by_ittybit_itself(int status, string body, IttybitFailureKind kind)
    {
        await using var client = new Client(new FakeIttybit().Answers(status, body));

        var failure = IttybitFailure.Of(await Should.ThrowAsync<ApiException>(client.Create), client.Clock);

        failure.Kind.ShouldBe(kind);
        failure.StatusCode.ShouldBe(status);
    }

    [Theory]
    [InlineData("""{ "meta": {}, "error": "The width is odd" }""", null)]
    [InlineData("""{ "meta": { "type": "error" }, "data": null, "error": { "message": "The width is odd" } }""", null)]
    [InlineData("""{ "error": { "message": "The width is odd" } }""", null)]
    [InlineData("""{ "kind": "request_invalid", "message": "The width is odd" }""", "request_invalid")]
    [InlineData("""{ "error": { "kind": "request_invalid", "message": "The width is odd" } }""", "request_invalid")]
    [InlineData("""{ "error": "request_invalid", "message": "The width is odd" }""", "request_invalid")]
    [InlineData("""{ "type": "about:blank", "title": "Bad Request", "detail": "The width is odd" }""", null)]
    [InlineData("""{ "errors": [ { "title": "The width is odd" } ] }""", null)]
    [InlineData("The width is odd", null)]
    public async Task the_body_of_every_generation_is_understood(string body, string? code)
    {
        var failure = await FailureOf(new FakeIttybit().Answers(400, body));

        failure.Code.ShouldBe(code);
        failure.Message.ShouldBe($"Ittybit refused (400{(code is null ? "" : " " + code)}): The width is odd");
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html><body>Bad gateway</body></html>")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("""{ "unheard": "of" }""")]
    public async Task a_body_that_says_nothing_is_left_out(string body) =>
        (await FailureOf(new FakeIttybit().Answers(502, body))).Message.ShouldBe("Ittybit failed (502).");

    [Fact]
    public async Task no_secret_is_in_the_message()
    {
        var failure = await FailureOf(new FakeIttybit().Answers(
            400,
            $$"""
            { "kind": "request_invalid", "message": "Key {{Client.Key}} may not read https://x.test/raw.mp4?signature=abc123&expiry=1 for https://podcast.test/webhooks/ittybit/0b/audio/1/t0ken?traceparent=00-1, see Bearer xyz" }
            """));

        failure.Message.ShouldBe(
            "Ittybit refused (400 request_invalid): Key … may not read https://x.test/raw.mp4?… for https://podcast.test/webhooks/ittybit/0b/audio/1/…?… see …");
    }

    [Fact]
    public async Task a_key_of_any_form_is_not_in_the_message()
    {
        var failure = await FailureOf(
            new FakeIttybit().Answers(400, "You sent: opensesame"), ("Ittybit:ApiKey", "opensesame"));

        failure.Message.ShouldBe("Ittybit refused (400): You sent: …");
    }

    [Fact]
    public async Task a_long_body_is_cut()
    {
        var failure = await FailureOf(new FakeIttybit().Answers(400, "word\n" + new string('x', 100_000)));

        failure.Message.Length.ShouldBeLessThanOrEqualTo(300 + "Ittybit refused (400): ".Length);
        failure.Message.ShouldEndWith("x…");
        failure.Message.ShouldNotContain("\n");
    }

    [Theory]
    [InlineData("7", 7.0)]
    [InlineData("0", 0.0)]
    [InlineData("Thu, 15 Jan 2026 14:33:10 GMT", 60.0)]
    [InlineData("Thu, 15 Jan 2026 14:00:00 GMT", 0.0)]
    [InlineData("soon", null)]
    public async Task ittybits_wish_to_wait_is_passed_on(string header, double? seconds)
    {
        var failure = await FailureOf(new FakeIttybit().Answers(429, "", ("Retry-After", header)));

        failure.RetryAfter?.TotalSeconds.ShouldBe(seconds!.Value);
        failure.RetryAfter.HasValue.ShouldBe(seconds.HasValue);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>All is well</html>")]
    [InlineData("{ \"id\": \"task_1\", \"sta")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"task_1\"")]
    [InlineData("""{ "id": null, "status": "completed" }""")]
    [InlineData("""{ "data": [ { "id": "task_1", "status": "completed" } ] }""")]
    public async Task a_success_that_cannot_be_read_is_neither_success_nor_refusal(string body)
    {
        var failure = await FailureOf(new FakeIttybit().Answers(200, body));

        failure.Kind.ShouldBe(IttybitFailureKind.Transient);
        failure.StatusCode.ShouldBe(200);
        failure.Message.ShouldStartWith("Ittybit's answer cannot be read: ");
        failure.Message.ShouldNotContain("task_1");
    }

    [Fact]
    public async Task every_answer_of_the_wrong_shape_is_such_a_failure()
    {
        var bodies = new[] { "", "7", "null", "[]", "{}", "[null]", "[7]", "{\"data\":7}", "<p>", "\u0000", new string('[', 10_000) };
        var calls = new Func<IIttybitApi, Task>[]
        {
            api => api.GetTask("1"),
            api => api.ListTasks(),
            api => api.GetMedia("1"),
            api => api.ListMedia(),
            api => api.GetFile("1"),
            api => api.CreateFile(new CreateFileRequest { Url = new Uri("https://x.test") }),
            api => api.CreateSignature(new SignatureRequest { Filename = "a" }),
        };

        foreach (var body in bodies)
        {
            await using var client = new Client(new FakeIttybit().Answers(200, body));
            foreach (var call in calls)
            {
                var exception = await Record.ExceptionAsync(() => call(client.Api));
                if (exception is null)
                {
                    new[] { "[]", "[null]", "[7]" }.ShouldContain(body, "only a list without anything to read is an answer");
                    continue;
                }

                exception.ShouldBeOfType<ApiException>(body);
                IttybitFailure.Of(exception, client.Clock).Kind.ShouldBe(IttybitFailureKind.Transient, body);
            }
        }
    }

    public static TheoryData<Exception, string> Broken => new()
    {
        {
            new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused (api.ittybit.com:443)"),
            "Ittybit cannot be reached: Connection refused (api.ittybit.com:443)"
        },
        {
            new HttpRequestException(
                HttpRequestError.SecureConnectionError, "See the inner exception.", new IOException("The certificate is invalid.")),
            "Ittybit cannot be reached: The certificate is invalid."
        },
        { new TimeoutRejectedException(), "Ittybit did not answer in time." },
        { new TaskCanceledException("…", new TimeoutException()), "Ittybit did not answer in time." },
        { new TaskCanceledException(), "The call to Ittybit was interrupted." },
        { new System.Text.Json.JsonException("status is missing."), "Ittybit's answer cannot be read: status is missing." },
        { new IOException("/tmp/socket"), "The connection to Ittybit broke." },
        { new BrokenCircuitException(), "Ittybit is not asked just now." },
        {
            new System.Text.Json.JsonException(
                "The JSON value could not be converted to Podcast.Ittybit.IttybitTask. Path: $ | LineNumber: 0 | BytePositionInLine: 9."),
            "Ittybit's answer cannot be read: it is not the JSON that we expect."
        },
        { new NotSupportedException("https://x.test/?secret=1"), "The call to Ittybit failed: NotSupportedException." },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void what_breaks_the_call_is_transient(Exception exception, string message)
    {
        var failure = IttybitFailure.Of(exception, new ManualClock());

        failure.ShouldBe(
            new IttybitFailure(IttybitFailureKind.Transient, null, null, message, null) { IsUnsent = exception is HttpRequestException });
    }

    public static TheoryData<Exception> Thrown => [
        new HeldBackException("The lane is closed.", TimeSpan.FromMinutes(1)),
        new HttpRequestException(HttpRequestError.ConnectionError),
        new IOException("reset"),
        new TimeoutException(),
        new TimeoutRejectedException(),
        new TaskCanceledException("the handler's own", new TimeoutException()),
        new InvalidOperationException("a bug of ours"),
    ];

    [Theory]
    [MemberData(nameof(Thrown))]
    public async Task an_exception_of_a_handler_comes_as_it_is(Exception thrown)
    {
        await using var client = new Client(new FakeIttybit().Throws(thrown), settings: ("Ittybit:Retries", "0"));

        (await Record.ExceptionAsync(() => client.Api.GetTask("task_1"))).ShouldBeSameAs(thrown);
        (await Record.ExceptionAsync(client.Create)).ShouldBeSameAs(thrown);
    }

    [Fact]
    public async Task a_cancelled_call_ends_as_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        var ittybit = new FakeIttybit().NeverAnswers();
        await using var client = new Client(ittybit);

        var call = client.Api.GetTask("task_1", cancellation.Token);
        await Eventually.Holds(() => ittybit.Requests.Count == 1, "Ittybit is asked");
        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(call);
    }

    private static async Task<IttybitFailure> FailureOf(FakeIttybit ittybit, params (string, string)[] settings)
    {
        await using var client = new Client(ittybit, settings: [("Ittybit:Retries", "0"), .. settings]);
        var exception = await Should.ThrowAsync<ApiException>(client.Api.GetTask("task_1"));
        return IttybitFailure.Of(exception, client.Clock);
    }
}
