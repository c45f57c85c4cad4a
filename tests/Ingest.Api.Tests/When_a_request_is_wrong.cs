using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Podcast.Contracts;
using Podcast.Ingest.Api.Tests.Fixtures;

namespace Podcast.Ingest.Api.Tests;

public sealed class When_a_request_is_wrong(IngestHost host) : IClassFixture<IngestHost>
{
    private const string Good = """ "filename": "a.mp4", "title": "T", "filesize": 1 """;

    private readonly HttpClient client = host.ClientOf("ann");

    [Theory]
    [InlineData("{}", "filename", "filesize", "title")]
    [InlineData("""{ "filename": null, "title": null, "filesize": null }""", "filename", "filesize", "title")]
    [InlineData("""{ "filename": "", "title": "  ", "filesize": 0 }""", "filename", "filesize", "title")]
    [InlineData("""{ "filename": "../a.mp4", "title": "T", "filesize": -1 }""", "filename", "filesize")]
    [InlineData("""{ "filename": "a/b.mp4", "title": "T", "filesize": 1 }""", "filename")]
    [InlineData("""{ "filename": "a\\b.mp4", "title": "T", "filesize": 1 }""", "filename")]
    [InlineData("""{ "filename": "..", "title": "T", "filesize": 1 }""", "filename")]
    [InlineData("""{ "filename": "a\u0000.mp4", "title": "T\u001b[31m", "filesize": 1 }""", "filename", "title")]
    [InlineData("""{ "filename": "a.mp4", "title": "T", "filesize": 274877906945 }""", "filesize")]
    [InlineData("{ " + Good + """, "tasks": [] }""", "tasks")]
    [InlineData("{ " + Good + """, "tasks": ["audio", "thumbnails", "sound"] }""", "tasks[1]", "tasks[2]")]
    [InlineData("{ " + Good + """, "tasks": ["audio", "audio_extraction"] }""", "tasks[1]")]
    public async Task an_upload_that_cannot_be_prepared_names_every_bad_field(string body, params string[] fields)
    {
        var response = await client.Post("/episodes/prepare-upload", body);

        (await response.RefusedFields()).ShouldBe(fields, ignoreOrder: true);
        host.Ittybit.Signatures.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{ "filename": 1 }""", "filename")]
    [InlineData("""{ "title": [] }""", "title")]
    [InlineData("""{ "title": "\ud800" }""", "title")]
    [InlineData("""{ "filesize": "1" }""", "filesize")]
    [InlineData("""{ "filesize": 1.5 }""", "filesize")]
    [InlineData("""{ "filesize": 1e99 }""", "filesize")]
    [InlineData("""{ "description": {} }""", "description")]
    [InlineData("""{ "tasks": "audio" }""", "tasks")]
    [InlineData("""{ "tasks": ["audio", 7] }""", "tasks[1]")]
    [InlineData("{ " + Good + """, "task": ["audio"] }""", "task")]
    [InlineData("{ " + Good + """, "Title": "x" }""", "Title")]
    [InlineData("{ " + Good + """, "title": "T" }""", "title")]
    public async Task a_field_of_the_wrong_type_or_unknown_or_repeated_is_named(string body, string field) =>
        (await (await client.Post("/episodes/prepare-upload", body)).RefusedFields()).ShouldBe([field]);

    [Fact]
    public async Task a_title_may_have_200_characters_and_no_more()
    {
        (await client.Post("/episodes", new { url = "https://example.com/a.mp4", title = new string('t', 200) }))
            .StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var longer = await client.Post("/episodes", new { url = "https://example.com/a.mp4", title = new string('t', 201) });
        (await longer.RefusedFields()).ShouldBe(["title"]);
    }

    [Theory]
    [InlineData("{}", "title", "url")]
    [InlineData("""{ "url": "ftp://example.com/a.mp4", "title": "T" }""", "url")]
    [InlineData("""{ "url": "https://user:password@example.com/a.mp4", "title": "T" }""", "url")]
    [InlineData("""{ "url": "http://127.0.0.1/a.mp4", "title": "T" }""", "url")]
    [InlineData("""{ "url": "https://example.com/a.mp4", "title": "T", "filesize": 3 }""", "filesize")]
    public async Task an_address_that_will_not_do_is_named(string body, params string[] fields) =>
        (await (await client.Post("/episodes", body)).RefusedFields()).ShouldBe(fields);

    [Fact]
    public async Task an_address_that_is_too_long_when_written_in_ascii_is_named()
    {
        var address = "https://example.com/" + new string('ö', 2000);

        (await (await client.Post("/episodes", new { url = address, title = "T" })).RefusedFields()).ShouldBe(["url"]);
    }

    [Theory]
    [InlineData("a%00.mp4")]
    [InlineData("a%0A.mp4")]
    public async Task the_end_of_an_address_is_announced_only_if_it_is_a_name(string end)
    {
        var body = new { url = "https://example.com/" + end, title = end };
        await (await client.Post("/episodes", body)).Answer(HttpStatusCode.Accepted);

        await Podcast.Testing.Eventually.Holds(
            () => host.Published<EpisodeUploaded>().Any(e => e.Title == end), "it is announced");
        host.Published<EpisodeUploaded>().Single(e => e.Title == end).Source.Filename.ShouldBeNull();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "ittybit_file_id": "../tasks" }""")]
    [InlineData("""{ "ittybit_file_id": "file_1?x=1" }""")]
    [InlineData("""{ "ittybit_file_id": 12 }""")]
    public async Task a_file_id_that_is_none_is_named(string body)
    {
        var response = await client.Post($"/episodes/{Guid.NewGuid()}/confirm-upload", body);

        (await response.RefusedFields()).ShouldBe(["ittybit_file_id"]);
        host.Ittybit.FilesAsked.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{ "why": 1 }""", "why")]
    [InlineData("""{ "now": "yes" }""", "now")]
    [InlineData("""{ "why": "\u0007", "tasks": ["sound"] }""", "tasks[0]", "why")]
    [InlineData("""{ "tasks": [] }""", "tasks")]
    public async Task a_retry_that_makes_no_sense_is_named(string body, params string[] fields) =>
        (await (await client.Post($"/episodes/{Guid.NewGuid()}/retry", body)).RefusedFields()).ShouldBe(fields);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    [InlineData("{} {}")]
    public async Task a_body_that_is_no_json_object_is_a_400(string body)
    {
        var problem = await (await client.Post("/episodes/prepare-upload", body)).Problem(HttpStatusCode.BadRequest);

        ((string)problem["detail"]!).ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task bytes_that_are_no_utf8_are_a_400()
    {
        var content = new ByteArrayContent([.. "{ \"title\": \""u8, 0xff, 0xfe, .. "\" }"u8]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        (await (await client.PostAsync(new Uri("/episodes/prepare-upload", UriKind.Relative), content)).RefusedFields()).ShouldContain("title");
    }

    [Fact]
    public async Task a_body_beyond_128_kib_is_a_413()
    {
        var response = await client.Post("/episodes", new { url = "https://example.com/a.mp4", title = "T", description = new string('x', 140_000) });

        await response.Problem(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task json_nested_too_deep_is_a_400() =>
        await (await client.Post("/episodes", new string('[', 2000) + new string(']', 2000))).Problem(HttpStatusCode.BadRequest);

    [Fact]
    public async Task what_is_not_json_by_its_type_is_a_415()
    {
        using var content = new StringContent("{}", Encoding.UTF8, "text/plain");

        await (await client.PostAsync(new Uri("/episodes", UriKind.Relative), content)).Problem(HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("status=done", "status")]
    [InlineData("limit=0&cursor=zzz", "cursor", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=many", "limit")]
    [InlineData("cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA!", "cursor")]
    [InlineData("cursor=________________________________", "cursor")]
    public async Task a_list_asked_for_badly_names_what_is_bad(string query, params string[] fields) =>
        (await (await client.GetAsync(new Uri($"/episodes?{query}", UriKind.Relative))).RefusedFields()).ShouldBe(fields);

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("tab\tbed")]
    public async Task a_key_of_strange_characters_is_named(string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/episodes") { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);

        (await (await client.SendAsync(request)).RefusedFields()).ShouldBe(["Idempotency-Key"]);
    }

    [Fact]
    public async Task the_short_words_and_the_words_of_the_wire_are_the_same_tasks()
    {
        await (await client.Post("/episodes", """
            { "url": "https://example.com/words.mp4", "title": "words", "tasks": ["chapters", "video_transcode", "audio", "transcript"] }
            """)).Answer(HttpStatusCode.Accepted);

        await Podcast.Testing.Eventually.Holds(() => host.Published<EpisodeUploaded>().Any(e => e.Title == "words"), "it is announced");
        var announced = host.Published<EpisodeUploaded>().Single(e => e.Title == "words");
        announced.Tasks!.Select(task => task.Kind).ShouldBe(
            [TaskKind.ChapterDetection, TaskKind.VideoTranscode, TaskKind.AudioExtraction, TaskKind.TranscriptGeneration]);
        announced.Source.ShouldBe(new EpisodeSource(null, new Uri("https://example.com/words.mp4"), "words.mp4"));
    }
}
