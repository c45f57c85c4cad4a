using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Podcast.Contracts;
using Podcast.Ingest.Api.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Ingest.Api.Tests;

public sealed class When_an_episode_has_details(IngestHost host) : IClassFixture<IngestHost>
{
    [Theory]
    [InlineData("ann", "2026-07-01T09:00", "2026-07-01T07:00:00Z")]
    [InlineData("bea", "2026-12-01T09:00:30", "2026-12-01T08:00:30Z")]
    [InlineData("cleo", "2026-12-01T09:00-05:00", "2026-12-01T14:00:00Z")]
    [InlineData("dan", "2026-12-01T09:00:00.5Z", "2026-12-01T09:00:00.5Z")]
    public async Task they_are_announced_with_times_of_the_show(string name, string written, string moment)
    {
        var client = host.ClientOf(name);
        await (await client.Put("/shows/s", """{ "name": "N", "time_zone": "Europe/Berlin" }""")).Answer(HttpStatusCode.Created);

        var id = await Submit(client, $$"""{ "season": 2, "number": 42, "summary": "Short.", "publish_at": "{{written}}", "image": "https://cdn.example/a.jpg" }""");

        await Eventually.Holds(() => host.Published<EpisodeUploaded>().Any(e => e.EpisodeId == id), "it is announced");
        host.Published<EpisodeUploaded>().Single(e => e.EpisodeId == id).Details
            .ShouldBe(new EpisodeDetails(2, 42, "Short.", DateTimeOffset.Parse(moment, null), new Uri("https://cdn.example/a.jpg")));
        ((int?)(await client.Get($"/episodes/{id}"))["details"]!["season"]).ShouldBe(2);
    }

    [Theory]
    [InlineData("""{ "season": 0, "number": 100001 }""", "details.season", "details.number")]
    [InlineData("""{ "summary": "a\nb" }""", "details.summary")]
    [InlineData("""{ "publish_at": "tomorrow" }""", "details.publish_at")]
    [InlineData("""{ "publish_at": "2026-02-30T09:00" }""", "details.publish_at")]
    [InlineData("""{ "publish_at": "0001-01-01T00:00" }""", "details.publish_at")]
    [InlineData("""{ "image": "file:///etc/passwd" }""", "details.image")]
    [InlineData("""{ "image": "http://10.0.0.1/a.jpg" }""", "details.image")]
    [InlineData("""{ "guest": "Bob" }""", "details.guest")]
    public async Task every_bad_one_is_named(string details, params string[] fields)
    {
        var response = await host.ClientOf("eva").Post("/episodes", Body(details));

        (await response.RefusedFields()).ShouldBe(fields, ignoreOrder: true);
    }

    [Fact]
    public async Task those_from_the_queue_are_shown_too()
    {
        var id = Guid.NewGuid();

        await host.Deliver(Snapshot.Of(id, 1, "fay") with { Details = new EpisodeDetails(Number: 7) });

        await Eventually.Holds(() => host.FromDatabase(db => db.Episodes.AnyAsync(e => e.Id == id)), "the snapshot is stored");
        var details = (await host.ClientOf("fay").Get($"/episodes/{id}"))["details"];
        ((int?)details!["number"], details["season"]).ShouldBe((7, null));
    }

    private static async Task<Guid> Submit(HttpClient client, string details)
    {
        var response = await client.Post("/episodes", Body(details));
        JsonNode answer = await response.Answer(HttpStatusCode.Accepted);
        return (Guid)answer["id"]!;
    }

    private static string Body(string details) =>
        $$"""{ "url": "https://example.com/a.mp4", "title": "T", "details": {{details}} }""";
}
