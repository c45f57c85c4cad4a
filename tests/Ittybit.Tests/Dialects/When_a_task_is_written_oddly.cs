using System.Text.Json;

namespace Podcast.Ittybit.Tests.Dialects;

/// <summary>What each field may hold in some dialect or other, or by mistake.</summary>
public class When_a_task_is_written_oddly
{
    [Theory]
    [InlineData("""{ "id": " task_1 ", "status": "queued" }""", "task_1")]
    [InlineData("""{ "id": "0b9e", "status": "queued" }""", "0b9e")]
    public void an_id_may_have_no_prefix(string body, string id) =>
        IttybitDialect.ReadTask(Json.Of(body)).Id.ShouldBe(id);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("99.6", 100)]
    [InlineData("\"45\"", 45)]
    [InlineData("250", 100)]
    [InlineData("-1", 0)]
    [InlineData("null", null)]
    [InlineData("{}", null)]
    public void progress_is_a_percentage_or_unknown(string progress, int? expected) =>
        Read($$"""{ "id": "task_1", "status": "processing", "progress": {{progress}} }""").Progress.ShouldBe(expected);

    [Theory]
    [InlineData("null")]
    [InlineData("\"yesterday\"")]
    [InlineData("-5")]
    [InlineData("1e300")]
    [InlineData("true")]
    public void a_time_that_makes_no_sense_is_unknown(string time) =>
        Read($$"""{ "id": "task_1", "status": "queued", "created": {{time}} }""").CreatedAt.ShouldBeNull();

    [Theory]
    [InlineData("\"The file is corrupt\"", "The file is corrupt")]
    [InlineData("""{ "message": "No audio track" }""", "No audio track")]
    [InlineData("""{ "kind": "format_unsupported", "message": "Cannot read .xyz" }""", "format_unsupported: Cannot read .xyz")]
    [InlineData("""{ "code": "internal_error" }""", "internal_error")]
    [InlineData("null", null)]
    [InlineData("{}", null)]
    [InlineData("\"\"", null)]
    public void an_error_is_text_in_every_shape(string error, string? expected) =>
        Read($$"""{ "id": "task_1", "status": "failed", "error": {{error}} }""").Error.ShouldBe(expected);

    [Fact]
    public void an_error_is_fit_for_people()
    {
        var error = Read(
            """
            { "id": "task_1", "status": "failed",
              "error": "GET https://user:pw@x.test/raw.mp4?signature=abc&expiry=1 failed;\nno answer from https://podcast.test/webhooks/ittybit/0b/audio/1/t0ken" }
            """).Error;

        error.ShouldBe("GET https://…@x.test/raw.mp4?… failed; no answer from https://podcast.test/webhooks/ittybit/0b/audio/1/…");
    }

    [Theory]
    [InlineData("""{ "output": null }""", null)]
    [InlineData("""{ "output": "/etc/passwd" }""", null)]
    [InlineData("""{ "output": "javascript:alert(1)" }""", null)]
    [InlineData("""{ "output": 7 }""", null)]
    [InlineData("""{ "outputs": [] }""", null)]
    [InlineData("""{ "outputs": [ { "id": "file_1" }, { "url": "https://x.test/2" } ] }""", "https://x.test/2")]
    [InlineData("""{ "outputs": [ "https://x.test/1", "https://x.test/2" ] }""", "https://x.test/1")]
    [InlineData("""{ "results": { "passed": [], "failed": [], "continue": true } }""", null)]
    [InlineData("""{ "url": "https://x.test/the-input" }""", null)]
    [InlineData("""{ "output": "s3://bucket/a.mp3" }""", "s3://bucket/a.mp3")]
    public void an_output_is_only_what_can_be_one(string rest, string? address)
    {
        var task = Read($$"""{ "id": "task_1", "status": "completed", {{rest[1..]}}""");

        (task.Output?.Url?.OriginalString).ShouldBe(address);
        (task.Output is null).ShouldBe(address is null);
    }

    [Fact]
    public void an_output_may_be_only_an_id() =>
        Read("""{ "id": "task_1", "status": "completed", "output": "file_9" }""").Output.ShouldBe(new IttybitFile { Id = "file_9" });

    [Theory]
    [InlineData("""{ "input": "med_1" }""", "med_1", null)]
    [InlineData("""{ "input": "https://x.test/raw.mp4" }""", null, "https://x.test/raw.mp4")]
    [InlineData("""{ "input": { "id": "file_1", "url": "https://x.test/raw.mp4" } }""", "file_1", "https://x.test/raw.mp4")]
    [InlineData("""{ "inputs": [ { "id": "file_1" } ] }""", "file_1", null)]
    [InlineData("""{ "inputs": [ "https://x.test/raw.mp4" ] }""", null, "https://x.test/raw.mp4")]
    [InlineData("""{ "file_id": "file_1" }""", "file_1", null)]
    [InlineData("""{ "url": "https://x.test/raw.mp4" }""", null, "https://x.test/raw.mp4")]
    [InlineData("{ }", null, null)]
    public void the_input_is_found_under_all_its_names(string rest, string? fileId, string? address)
    {
        var comma = rest == "{ }" ? "" : ",";
        var task = Read($$"""{ "id": "task_1", "status": "queued" {{comma}} {{rest[1..]}}""");

        task.InputFileId.ShouldBe(fileId);
        task.InputUrl.ShouldBe(address);
    }

    [Theory]
    [InlineData("""{ "ref": "a", "options": { "ref": "b" } }""", "a")]
    [InlineData("""{ "options": { "ref": "b" }, "output": { "ref": "c" } }""", "b")]
    [InlineData("""{ "output": { "ref": "c" } }""", "c")]
    public void the_label_is_found_where_it_is_echoed(string rest, string label) =>
        Read($$"""{ "id": "task_1", "status": "queued", {{rest[1..]}}""").Ref.ShouldBe(label);

    [Theory]
    [InlineData("[]", "The body is not a JSON object.")]
    [InlineData("null", "The body is not a JSON object.")]
    [InlineData("\"task_1\"", "The body is not a JSON object.")]
    [InlineData("""{ "data": [] }""", "The body is not a JSON object.")]
    [InlineData("{}", "id is missing, or no text.")]
    [InlineData("""{ "id": null, "status": "completed" }""", "id is missing, or no text.")]
    [InlineData("""{ "id": {}, "status": "completed" }""", "id is missing, or no text.")]
    [InlineData("""{ "id": 42, "status": "completed" }""", "id is missing, or no text.")]
    [InlineData("""{ "id": "task_1" }""", "status is missing.")]
    [InlineData("""{ "id": "task_1", "status": null }""", "status is missing.")]
    [InlineData("""{ "id": "task_1", "status": "" }""", "status is missing.")]
    [InlineData("""{ "id": "file_1", "object": "source" }""", "status is missing.")]
    [InlineData("""{ "kind": "task_not_found", "message": "No such task" }""", "The body is an error, not a task.")]
    [InlineData("""{ "meta": {}, "data": null, "error": { "message": "No such task" } }""", "The body is an error, not a task.")]
    [InlineData("""{ "id": "med_1", "object": "media", "title": "x" }""", "The body is about a media, not about a task.")]
    public void a_body_without_a_task_is_told_apart(string body, string problem)
    {
        IttybitDialect.TryReadTask(Json.Of(body), out _, out var actual).ShouldBeFalse();

        actual.ShouldBe(problem);
        Should.Throw<JsonException>(() => IttybitDialect.ReadTask(Json.Of(body))).Message.ShouldBe(problem);
    }

    private static IttybitTask Read(string body) => IttybitDialect.ReadTask(Json.Of(body));
}
