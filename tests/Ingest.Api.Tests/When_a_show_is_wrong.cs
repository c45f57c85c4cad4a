using System.Net;
using Podcast.Contracts;
using Podcast.Ingest.Api.Tests.Fixtures;

namespace Podcast.Ingest.Api.Tests;

public sealed class When_a_show_is_wrong(IngestHost host) : IClassFixture<IngestHost>
{
    private const string Youtube = """ "account": "acme", "channel_id": "UC_1" """;

    private readonly HttpClient client = host.ClientOf("ann");

    [Theory]
    [InlineData("{}", "name")]
    [InlineData("""{ "name": "  " }""", "name")]
    [InlineData("""{ "name": 1 }""", "name")]
    [InlineData("""{ "name": "N", "tasks": [] }""", "tasks")]
    [InlineData("""{ "name": "N", "tasks": ["audio"] }""", "tasks[0]")]
    [InlineData("""{ "name": "N", "tasks": [null] }""", "tasks")]
    [InlineData("""{ "name": "N", "tasks": [{}] }""", "tasks", "tasks[0].kind")]
    [InlineData("""{ "name": "N", "tasks": [{ "kind": "sound" }] }""", "tasks[0].kind")]
    [InlineData("""{ "name": "N", "tasks": [{ "kind": "audio" }, { "kind": "audio_extraction" }] }""", "tasks")]
    [InlineData("""{ "name": "N", "tasks": [{ "kind": "audio", "required": "no" }] }""", "tasks[0].required")]
    [InlineData(
        """{ "name": "N", "tasks": [{ "kind": "audio", "options": { "bitrate": 1, "channels": 3 } }] }""",
        "tasks[0].options.bitrate", "tasks[0].options.channels")]
    [InlineData("""{ "name": "N", "tasks": [{ "kind": "audio", "options": { "speed": 1 } }] }""", "tasks[0].options.speed")]
    [InlineData("""{ "name": "N", "language": "English" }""", "language")]
    [InlineData("""{ "name": "N", "time_zone": "Europe/Nowhere" }""", "time_zone")]
    [InlineData("""{ "name": "N", "time_zone": "../etc/passwd" }""", "time_zone")]
    [InlineData("""{ "name": "N", "title_pattern": "a\nb" }""", "title_pattern")]
    [InlineData("""{ "name": "N", "captions": "later" }""", "captions")]
    [InlineData("""{ "name": "N", "approval": true }""", "approval")]
    [InlineData("""{ "name": "N", "channels": { "transistor": {} } }""", "channels.transistor.account", "channels.transistor.show_id")]
    [InlineData("""{ "name": "N", "channels": { "spotify": {} } }""", "channels.spotify")]
    [InlineData("""{ "name": "N", "channels": { "youtube": { "account": "acme" } } }""", "channels.youtube.channel_id")]
    [InlineData("""{ "name": "N", "channels": { "youtube": { """ + Youtube + """, "privacy": "secret" } } }""", "channels.youtube.privacy")]
    [InlineData(
        """{ "name": "N", "channels": { "youtube": { """ + Youtube + """, "category_id": 28 } } }""", "channels.youtube.category_id")]
    [InlineData("""{ "name": "N", "channels": { "youtube": { """ + Youtube + """, "tags": ["a", ""] } } }""", "channels.youtube.tags")]
    [InlineData("""{ "name": "N", "slug": "n" }""", "slug")]
    public async Task every_bad_field_is_named(string body, params string[] fields)
    {
        (await (await client.Put("/shows/s", body)).RefusedFields()).ShouldBe(fields, ignoreOrder: true);
        host.Published<ShowChanged>().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{ "account": "acme", "show_id": "s", "api_key": "k" }""", "channels.transistor.api_key")]
    [InlineData("""{ "account": { "api_key": "k" }, "show_id": "s" }""", "channels.transistor.account")]
    [InlineData("""{ "account": "ya29.A0ARrdaM_x", "show_id": "s" }""", "channels.transistor.account")]
    public async Task a_secret_is_refused_and_not_repeated(string transistor, string field)
    {
        var response = await client.Put("/shows/s", $$"""{ "name": "N", "channels": { "transistor": {{transistor}} } }""");

        (await response.RefusedFields()).ShouldBe([field]);
        (await response.Content.ReadAsStringAsync()).ShouldNotContain("ya29");
    }

    [Theory]
    [InlineData("title_pattern")]
    [InlineData("description_pattern")]
    [InlineData("channels.youtube.tags")]
    public async Task pattern_that_cannot_be_filled_is_refused(string field)
    {
        const string Known = "{title}, {description}, {chapters}, {season}, {number}, {show}";
        foreach (var (pattern, why) in (IEnumerable<(string, string)>)
        [
            ("{title} {guest}", $"{{guest}} is unknown. Known are {Known}."),
            ("{title} :-}", "A \"}\" has no other half; \"}}\" writes a brace."),
            ("{title", "A \"{\" has no other half; \"{{\" writes a brace."),
        ])
        {
            var response = await client.Put("/shows/s", field == "channels.youtube.tags"
                ? $$"""{ "name": "N", "channels": { "youtube": { {{Youtube}}, "tags": ["a", "{{pattern}}"] } } }"""
                : $$"""{ "name": "N", "{{field}}": "{{pattern}}" }""");

            var problem = await response.Problem(HttpStatusCode.BadRequest);
            ((string?)problem["errors"]![field]![0]).ShouldBe($"is no valid pattern: {why}");
        }

        host.Published<ShowChanged>().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("The-Show")]
    [InlineData("a_b")]
    [InlineData("%C3%A9")]
    [InlineData("0123456789-0123456789-0123456789-0123456789-0123456")]
    public async Task a_slug_that_is_none_is_refused(string slug) =>
        (await (await client.Put($"/shows/{slug}", """{ "name": "N" }""")).RefusedFields()).ShouldBe(["slug"]);

    [Fact]
    public async Task nobody_puts_without_a_token() =>
        await (await host.Anonymous().Put("/shows/s", """{ "name": "N" }""")).Problem(HttpStatusCode.Unauthorized);
}
