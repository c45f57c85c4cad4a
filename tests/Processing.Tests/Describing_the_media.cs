using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Podcast.Contracts;
using Podcast.Testing;

namespace Podcast.Processing.Tests;

public sealed class Describing_the_media
{
    private const string Request =
        """{"title":"Episode 42","metadata":{"title":"Episode 42","episode_id":"9b1f4c4e-5e8a-4f0f-8e3a-7c2b9d3f1e2a","description":"On APIs"}}""";

    [Fact]
    public async Task media_of_an_uploaded_file_gets_title_description_and_our_id()
    {
        await using var worker = await ProcessingScenario.Start();
        worker.Ittybit.On("GET /files/file_abc123", Reply.Json("""{"id":"file_abc123","media_id":"med_1","kind":"video"}"""));
        worker.Ittybit.On("PATCH /media/med_1", Reply.Json("""{"id":"med_1","title":"Episode 42"}"""));

        var told = await worker.Handle(ByFile(worker, "On APIs"));

        MediaId(told).ShouldBe("med_1");
        var patch = worker.Ittybit.Requests[^1];
        patch.Line.ShouldBe("PATCH /media/med_1");
        JsonNode.DeepEquals(patch.Body, JsonNode.Parse(Request)).ShouldBeTrue(patch.Body!.ToJsonString());
    }

    [Fact]
    public async Task for_an_address_a_media_object_is_made()
    {
        await using var worker = await ProcessingScenario.Start();
        worker.Ittybit.On("POST /media", Reply.Json("""{"id":"med_1"}""", 201));

        var told = await worker.Handle(ByAddress(worker));

        MediaId(told).ShouldBe("med_1");
        var post = worker.Ittybit.Requests.ShouldHaveSingleItem();
        JsonNode.DeepEquals(post.Body, JsonNode.Parse(Request)).ShouldBeTrue();
    }

    [Fact]
    public async Task none_that_was_made_before_is_found()
    {
        await using var worker = await ProcessingScenario.Start();
        worker.Ittybit.On("GET /media", Reply.Json("""[{"id":"med_0","metadata":{"episode_id":"another"}}]"""), Reply.Json("[]"));
        worker.Ittybit.On("POST /media", Reply.Json("""{"id":"med_1"}""", 201));

        MediaId(await worker.Handle(ByAddress(worker) with { Round = 2 })).ShouldBe("med_1");

        worker.Ittybit.Requests.Select(request => request.Line).ShouldBe(["GET /media", "GET /media", "POST /media"]);
    }

    [Fact]
    public async Task one_whose_answer_was_lost_is_found()
    {
        await using var worker = await ProcessingScenario.Start();
        worker.Ittybit.On("POST /media", Reply.HangUp);
        worker.Ittybit.On("GET /media", Reply.Json($$"""[{"id":"med_1","metadata":{"episode_id":"{{worker.Episode}}"} }]"""));

        MediaId(await worker.Handle(ByAddress(worker))).ShouldBe("med_1");

        worker.Ittybit.Requests.Select(request => request.Line).ShouldBe(["POST /media", "GET /media"]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    public async Task message_of_another_time_looks_for_one_first(double hoursLater)
    {
        await using var worker = await ProcessingScenario.Start();
        worker.Ittybit.On("GET /media", Reply.Json($$"""[{"id":"med_1","metadata":{"episode_id":"{{worker.Episode}}"} }]"""));
        worker.Clock.Advance(TimeSpan.FromHours(hoursLater));

        MediaId(await worker.Handle(ByAddress(worker))).ShouldBe("med_1");
    }

    [Fact]
    public async Task the_one_that_was_made_before_is_taken()
    {
        await using var worker = await ProcessingScenario.Start();
        worker.Ittybit.On("GET /media", Reply.Json($$"""[{"id":"med_1","metadata":{"episode_id":"{{worker.Episode}}"} }]"""));

        MediaId(await worker.Handle(ByAddress(worker) with { Round = 2 })).ShouldBe("med_1");

        worker.Ittybit.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task a_list_that_cannot_be_read_makes_no_second_one()
    {
        await using var worker = await ProcessingScenario.Start();
        var made = $$"""{"id":"med_1","metadata":{"episode_id":"{{worker.Episode}}"} }""";
        var firsts = new Queue<RequestDelegate>([Reply.Json($"[[{made}]]"), Reply.Json($"[{made}]")]);
        worker.Ittybit.On("GET /media", http => (http.Request.Query["page"] == "1" ? firsts.Dequeue() : Reply.Json("[]"))(http));

        MediaId(await worker.Handle(ByAddress(worker) with { Round = 2 })).ShouldBe("med_1");

        worker.Ittybit.Requests.ShouldAllBe(request => request.Line == "GET /media");
    }

    [Fact]
    public async Task passing_trouble_is_sat_out()
    {
        await using var worker = await ProcessingScenario.Start();
        worker.Ittybit.On("GET /files/file_abc123", Reply.Json("{}", 503), Reply.Json("""{"id":"file_abc123","media_id":"med_1"}"""));
        worker.Ittybit.On("PATCH /media/med_1", Reply.HangUp, Reply.Json("""{"id":"med_1"}"""));

        MediaId(await worker.Handle(ByFile(worker))).ShouldBe("med_1");
    }

    [Theory]
    [InlineData(404, 1)]
    [InlineData(402, 1)]
    [InlineData(500, 3)]
    public async Task what_cannot_be_done_ends_quietly(int status, int requests)
    {
        await using var worker = await ProcessingScenario.Start();
        worker.Ittybit.On("GET /files/file_abc123", Reply.Json("{}", status));

        MediaId(await worker.Handle(ByFile(worker))).ShouldBeNull();

        worker.Ittybit.Requests.Count.ShouldBe(requests);
        worker.Harness.Published.Select<MassTransit.Fault>(new CancellationToken(true)).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_file_without_a_media_object_ends_quietly()
    {
        await using var worker = await ProcessingScenario.Start();
        worker.Ittybit.On("GET /files/file_abc123", Reply.Json("""{"id":"file_abc123","kind":"video"}"""));

        MediaId(await worker.Handle(ByFile(worker))).ShouldBeNull();
    }

    [Fact]
    public async Task nothing_is_described_that_was_described_before()
    {
        await using var worker = await ProcessingScenario.Start();

        MediaId(await worker.Handle(ByAddress(worker) with { Media = null })).ShouldBeNull();

        worker.Ittybit.Requests.ShouldBeEmpty();
    }

    private static CheckOutputs ByAddress(ProcessingScenario worker) =>
        Check(worker, new EpisodeSource(null, new Uri("https://cdn.example/raw.mp4")), "On APIs");

    private static CheckOutputs ByFile(ProcessingScenario worker, string? description = null) =>
        Check(worker, new EpisodeSource("file_abc123", null, DurationSeconds: 60), description);

    private static CheckOutputs Check(ProcessingScenario worker, EpisodeSource source, string? description) =>
        new(worker.Episode, 1, source, [], Media: new MediaDescription("Episode 42", description));

    private static string? MediaId(IReadOnlyList<object> told) => told.ShouldHaveSingleItem().ShouldBeOfType<OutputsChecked>().MediaId;
}
