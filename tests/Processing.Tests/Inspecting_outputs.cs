using Microsoft.AspNetCore.Http;
using Podcast.Contracts;
using Podcast.Testing;

namespace Podcast.Processing.Tests;

public sealed class Inspecting_outputs
{
    private const TaskKind Audio = TaskKind.AudioExtraction;
    private const TaskKind Chapters = TaskKind.ChapterDetection;

    [Fact]
    public async Task good_outputs_meet_no_objection()
    {
        await using var worker = await Worker(duration: 62.5);
        worker.Ittybit.On("GET /c.vtt", Reply.Content("text/vtt", "WEBVTT\n\n00:00.000 --> 01:00.000\nAll of it"));

        var told = await worker.Handle(new CheckOutputs(worker.Episode, 1, worker.Source,
        [
            new EpisodeOutput(Audio, new TaskOutput("file_a", null)),
            new EpisodeOutput(Chapters, new TaskOutput(null, new Uri(worker.Ittybit.Address + "/c.vtt"), "text/vtt")),
        ]));

        var check = told.ShouldHaveSingleItem().ShouldBeOfType<OutputsChecked>();
        (check.EpisodeId, check.Round, check.Objections.Count).ShouldBe((worker.Episode, 1, 0));
    }

    [Fact]
    public async Task the_sources_own_length_is_asked_for_and_counts()
    {
        await using var worker = await Worker(duration: 30);

        (await Check(worker)).ShouldHaveSingleItem().ShouldBe(new OutputObjection(Audio, "30 s long, the source has 62.5 s"));
    }

    [Fact]
    public async Task a_length_that_came_with_the_upload_needs_no_asking()
    {
        await using var worker = await Worker(duration: 30);

        var told = await worker.Handle(new CheckOutputs(
            worker.Episode, 1, worker.Source with { DurationSeconds = 30 }, [new EpisodeOutput(Audio, new TaskOutput("file_a", null))]));

        told.ShouldHaveSingleItem().ShouldBeOfType<OutputsChecked>().Objections.ShouldBeEmpty();
        worker.Ittybit.Requests.ShouldNotContain(request => request.Line.EndsWith("file_abc123"));
    }

    [Fact]
    public async Task only_the_beginning_of_a_large_file_is_asked_for()
    {
        await using var worker = await Worker(duration: 62.5);

        await Check(worker);

        worker.Ittybit.Requests.Single(request => request.Line == "GET /a.mp3").Headers["Range"].ShouldBe("bytes=0-16383");
    }

    public static TheoryData<string, RequestDelegate, string> Bad => new()
    {
        { "zero bytes, and says so", Reply.Content("audio/mpeg", ""), "empty" },
        { "zero bytes, and no range of them", Reply.Content("audio/mpeg", "", 416), "empty" },
        { "random bytes", Reply.Bytes("audio/mpeg", [.. Enumerable.Repeat((byte)1, 1000)]), "not what it should be" },
        { "a film", Reply.Bytes("audio/mpeg", [.. "\0\0\0\u0018ftypisom"u8, .. new byte[988]]), "of type audio/mpeg" },
        { "gone", Reply.Content("text/plain", "no", 410), "410" },
        { "to the inside", Reply.Redirect("http://169.254.169.254/a.mp3"), "public Internet" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task output_that_its_server_does_not_serve_is_an_objection(string what, RequestDelegate reply, string objection)
    {
        await using var worker = await Worker(duration: 62.5);
        worker.Ittybit.On("GET /a.mp3", reply);

        (await Check(worker)).ShouldHaveSingleItem().Reason.ShouldContain(objection, customMessage: what);
    }

    [Fact]
    public async Task an_output_without_file_and_address_is_an_objection()
    {
        await using var worker = await Worker(duration: 62.5);

        (await Check(worker, new TaskOutput(null, null))).ShouldHaveSingleItem().Reason.ShouldContain("neither");
    }

    [Fact]
    public async Task a_file_that_ittybit_no_longer_has_is_an_objection()
    {
        await using var worker = await Worker(duration: 62.5);
        worker.Ittybit.On("GET /files/file_a", Reply.Json("""{"kind":"file_not_found","message":"no such file"}""", 404));

        (await Check(worker, new TaskOutput("file_a", null))).ShouldHaveSingleItem().Reason.ShouldContain("no such file");
    }

    [Fact]
    public async Task output_address_is_used_where_ittybit_shows_no_files()
    {
        await using var worker = await Worker(duration: 62.5);
        worker.Ittybit.On("GET /files/file_a", Reply.Json("{}", 404));

        (await Check(worker, new TaskOutput("file_a", new Uri(worker.Ittybit.Address + "/a.mp3"), "audio/mpeg", 30)))
            .ShouldHaveSingleItem().Reason.ShouldContain("30 s long");
    }

    [Fact]
    public async Task an_optional_output_does_not_delay_the_others_for_ever()
    {
        await using var worker = await Worker(duration: 62.5);
        worker.Ittybit.On("GET /c.vtt", Reply.Content("text/vtt", "no", 503));
        CheckOutputs Ask(int round, params TaskKind[] optional) => new(
            worker.Episode, round, worker.Source, [new EpisodeOutput(Chapters, new TaskOutput(null, new Uri(worker.Ittybit.Address + "/c.vtt")))], 0, optional);

        (await worker.Handle(Ask(1, Chapters))).ShouldHaveSingleItem().ShouldBeOfType<OutputCheckDelayed>();
        (await worker.Handle(Ask(9))).ShouldHaveSingleItem().ShouldBeOfType<OutputCheckDelayed>();
        (await worker.Handle(Ask(9, Chapters))).ShouldHaveSingleItem().ShouldBeOfType<OutputsChecked>().Objections.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    public async Task output_answered_403_or_404_is_waited_for_some_rounds(int status)
    {
        await using var worker = await Worker(duration: 62.5);
        worker.Ittybit.On("GET /a.mp3", Reply.Content("text/plain", "no", status));

        (await Look(worker, round: 3)).ShouldBeOfType<OutputCheckDelayed>().ShouldSatisfyAllConditions(
            delayed => delayed.Round.ShouldBe(3), delayed => delayed.Until.ShouldBeNull());
        (await Look(worker, round: 4)).ShouldBeOfType<OutputsChecked>().Objections.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task rounds_about_earlier_outputs_do_not_count()
    {
        await using var worker = await Worker(duration: 62.5);
        worker.Ittybit.On("GET /a.mp3", Reply.Content("text/plain", "no", 404));

        (await Look(worker, round: 8, since: 5)).ShouldBeOfType<OutputCheckDelayed>();
        (await Look(worker, round: 9, since: 5)).ShouldBeOfType<OutputsChecked>();
    }

    [Theory]
    [InlineData("GET /a.mp3")]
    [InlineData("GET /files/file_a")]
    [InlineData("GET /files/file_abc123")]
    public async Task trouble_that_may_pass_delays_the_check_in_every_round(string line)
    {
        await using var worker = await Worker(duration: 62.5);
        worker.Ittybit.On(line, Reply.Json("{}", 503));

        (await Look(worker, round: 9)).ShouldBeOfType<OutputCheckDelayed>().Until.ShouldBeNull();
    }

    [Fact]
    public async Task refusal_of_every_request_delays_the_check_until_its_time()
    {
        await using var worker = await Worker(duration: 62.5);
        worker.Ittybit.On("GET /files/file_a", Reply.Json("{}", 429, ("Retry-After", "20")));

        (await Look(worker, round: 9)).ShouldBeOfType<OutputCheckDelayed>().Until.ShouldBe(worker.Clock.GetUtcNow() + TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task a_source_that_is_gone_is_no_yardstick_and_no_objection()
    {
        await using var worker = await Worker(duration: 30);
        worker.Ittybit.On("GET /files/file_abc123", Reply.Json("{}", 404));

        (await Check(worker)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("waiting", true)]
    [InlineData("failed", false)]
    public async Task a_file_that_is_not_ready_is_waited_for_unless_it_failed(string status, bool isWaitedFor)
    {
        await using var worker = await Worker(duration: 62.5);
        worker.Ittybit.On("GET /files/file_a", Reply.Json($$"""{"id":"file_a","status":"{{status}}"}"""));

        (await Look(worker, round: 1) is OutputCheckDelayed).ShouldBe(isWaitedFor);
    }

    internal static async Task<IReadOnlyList<OutputObjection>> Check(ProcessingScenario worker, TaskOutput? output = null) =>
        (await Look(worker, round: 1, output)).ShouldBeOfType<OutputsChecked>().Objections;

    internal static async Task<object> Look(ProcessingScenario worker, int round, TaskOutput? output = null, int since = 0) =>
        (await worker.Handle(new CheckOutputs(
            worker.Episode, round, worker.Source, [new EpisodeOutput(Audio, output ?? new TaskOutput("file_a", null))], since))).ShouldHaveSingleItem();

    /// <summary>A source of 62.5 s, and an MP3 of <paramref name="duration"/> seconds.</summary>
    internal static async Task<ProcessingScenario> Worker(double duration)
    {
        var worker = await ProcessingScenario.Start();
        var seconds = duration.ToString(System.Globalization.CultureInfo.InvariantCulture);
        worker.Ittybit.On("GET /files/file_abc123", Reply.Json("""{"id":"file_abc123","duration":62.5}"""));
        worker.Ittybit.On("GET /files/file_a", Reply.Json(
            $$"""{"id":"file_a","type":"audio/mpeg","duration":{{seconds}},"filesize":1000,"status":"ready","url":"{{worker.Ittybit.Address}}/a.mp3"}"""));
        worker.Ittybit.On("GET /a.mp3", Reply.Content("audio/mpeg", "I", 206, ("Content-Range", "bytes 0-0/1000")));
        return worker;
    }
}
