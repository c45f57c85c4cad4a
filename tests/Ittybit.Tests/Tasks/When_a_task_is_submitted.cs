using Podcast.Throttling;

namespace Podcast.Ittybit.Tests.Tasks;

public sealed class When_a_task_is_submitted
{
    private const string Ref = "podcast_audio";

    [Theory]
    [InlineData("")]
    [InlineData(@",""ref"":""podcast_audio""")]
    public async Task its_task_is_the_answer(string reference)
    {
        var result = await Submit(new FakeIttybit().Answers(201, Pending(reference)));

        (result.Task?.Id, result.Doubt, result.Failure).ShouldBe(("task_1", null, null));
    }

    [Theory]
    [InlineData(@",""ref"":""somebody_elses""", "task_0")]
    [InlineData("", "task_1")]
    public async Task another_requests_task_is_not_taken(string reference, string known)
    {
        var result = await Submit(new FakeIttybit().Answers(201, Pending(reference)), id => id == known);

        (result.Task, result.Doubt).ShouldBe((null, "Ittybit answered with task_1, which is another task."));
        result.Failure.ShouldBeNull();
    }

    [Theory]
    [InlineData(500, true)]
    [InlineData(200, true)]
    [InlineData(400, false)]
    [InlineData(429, false)]
    public async Task it_may_exist_unless_ittybit_refused_it(int status, bool mayExist)
    {
        var result = await Submit(new FakeIttybit().Answers(status, "{}"));

        result.Failure!.StatusCode.ShouldBe(status);
        result.Doubt.ShouldBe(mayExist ? result.Failure.Message : null);
    }

    [Theory]
    [InlineData(404, true)]
    [InlineData(404, false)]
    [InlineData(410, true)]
    [InlineData(410, false)]
    public async Task only_a_file_can_be_missing(int status, bool isFile)
    {
        var source = isFile ? new IttybitSource("file_1", null) : new IttybitSource(null, new Uri("https://cdn.test/a.mp3"));

        var result = await Submit(new FakeIttybit().Answers(status, """{"kind":"not_found","message":"no"}"""), source: source);

        result.Failure!.Kind.ShouldBe(isFile ? IttybitFailureKind.Final : IttybitFailureKind.Transient);
        result.Doubt.ShouldBe(isFile ? null : result.Failure.Message);
    }

    public static TheoryData<Exception, bool> Broken => new()
    {
        { new HttpRequestException(HttpRequestError.ConnectionError), false },
        { new HttpRequestException(HttpRequestError.NameResolutionError), false },
        { new HttpRequestException(HttpRequestError.SecureConnectionError), false },
        { new HttpRequestException(HttpRequestError.ResponseEnded), true },
        { new IOException("reset"), true },
        { new TaskCanceledException("…", new TimeoutException()), true },
        { new HeldBackException("The lane is closed.", TimeSpan.FromMinutes(1)), false },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task it_may_exist_once_the_request_has_left(Exception broken, bool mayExist)
    {
        var result = await Submit(new FakeIttybit().Throws(broken));

        result.Task.ShouldBeNull();
        result.Doubt.ShouldBe(mayExist ? result.Failure!.Message : null);
    }

    [Fact]
    public async Task a_bug_is_not_caught()
    {
        await Should.ThrowAsync<InvalidOperationException>(Submit(new FakeIttybit().Throws(new InvalidOperationException("a bug"))));
        await Should.ThrowAsync<TimeoutException>(Submit(new FakeIttybit().Throws(new TimeoutException("the database"))));
    }

    private static async Task<TaskSubmission> Submit(FakeIttybit ittybit, Predicate<string>? isOfAnother = null, IttybitSource? source = null)
    {
        await using var client = new Client(ittybit, settings: ("Ittybit:Retries", "0"));
        return await TaskSubmission.Request(
            client.Api, IttybitTasks.Audio(source ?? new IttybitSource("file_1", null)) with { Ref = Ref }, "key",
            exception => IttybitFailure.OfTrouble(exception, client.Clock), isOfAnother);
    }

    private static string Pending(string more) => $$"""{"id":"task_1","kind":"audio","status":"pending"{{more}}}""";
}
