using System.Net;
using System.Text.Json.Nodes;
using Podcast.Contracts;
using Podcast.Ingest.Api.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Ingest.Api.Tests;

public sealed class When_a_show_is_put(IngestHost host) : IClassFixture<IngestHost>
{
    private const string Whole = """
        {
          "name": "The API Show",
          "tasks": [
            { "kind": "audio", "options": { "bitrate": 128000 } },
            { "kind": "thumbnail", "required": false, "options": { "start": 90.5 } }
          ],
          "language": "en",
          "time_zone": "Europe/Berlin",
          "title_pattern": "{show} {season}x{number}: {title}",
          "description_pattern": "{description}\n\n{chapters}",
          "captions": "before_public",
          "approval": "approve",
          "channels": {
            "transistor": { "account": "acme", "show_id": "the-api-show", "video": true },
            "youtube": {
              "account": "acme-video", "channel_id": "UC_x5XG1OV2P6uZZ5FSM9Ttw", "privacy": "unlisted", "category_id": "28",
              "tags": ["apis", "http"], "made_for_kids": true, "synthetic_media": true, "playlist_id": "PL_1"
            }
          }
        }
        """;

    [Fact]
    public async Task it_is_there_and_announced_as_a_whole()
    {
        var ann = host.ClientOf("ann");

        var response = await ann.Put("/shows/the-api-show", Whole);

        var made = await response.Answer(HttpStatusCode.Created);
        response.Headers.Location!.ToString().ShouldBe("/shows/the-api-show");
        JsonNode.DeepEquals(made, await ann.Get("/shows/the-api-show")).ShouldBeTrue(made.ToJsonString());
        ((string?)made["channels"]!["youtube"]!["channel_id"]).ShouldBe("UC_x5XG1OV2P6uZZ5FSM9Ttw");
        ((string?)made["updated_at"]).ShouldBe("2026-01-15T14:32:10Z");
        await Eventually.Holds(() => host.Published<ShowChanged>().Any(e => e.OwnerId == "ann"), "it is announced");
        var announced = host.Published<ShowChanged>().Single(e => e.OwnerId == "ann");
        (announced.Slug, announced.Version, announced.At).ShouldBe(("the-api-show", 1, host.Clock.GetUtcNow()));
        announced.Settings.Tasks.ShouldBe(
        [
            new PlannedTask(TaskKind.AudioExtraction, true, new TaskOptions(Bitrate: 128_000)),
            new PlannedTask(TaskKind.Thumbnail, false, new TaskOptions(Start: 90.5)),
        ]);
        announced.Settings.Channels.Transistor.ShouldBe(new TransistorChannel("acme", "the-api-show", Video: true));
        announced.Settings.Channels.Youtube!.Tags.ShouldBe(["apis", "http"]);
        (announced.Settings with { Tasks = null, Channels = new() }).ShouldBe(new ShowSettings(
            "The API Show", null, "en", "Europe/Berlin", "{show} {season}x{number}: {title}", "{description}\n\n{chapters}", CaptionsPolicy.BeforePublic,
            ApprovalPolicy.Approve, new()));
        (announced.Settings.Channels.Youtube with { Tags = [] }).ShouldBe(announced.Settings.Channels.Youtube with
        {
            Tags = [],
            Account = "acme-video",
            Privacy = VideoPrivacy.Unlisted,
            CategoryId = "28",
            MadeForKids = true,
            SyntheticMedia = true,
            PlaylistId = "PL_1",
        });
    }

    [Fact]
    public async Task the_least_is_a_name_and_the_rest_has_defaults()
    {
        var made = await (await host.ClientOf("bea").Put("/shows/a", """{ "name": "A" }""")).Answer(HttpStatusCode.Created);

        ((string?)made["captions"], (string?)made["approval"], (string?)made["time_zone"]).ShouldBe(("trailing", "auto", "UTC"));
        made["tasks"].ShouldBeNull();
    }

    [Fact]
    public async Task a_second_time_replaces_all_of_it_under_the_next_version()
    {
        var cleo = host.ClientOf("cleo");
        await (await cleo.Put("/shows/s", Whole)).Answer(HttpStatusCode.Created);

        var replaced = await (await cleo.Put("/shows/s", """{ "name": "Shorter" }""")).Answer(HttpStatusCode.OK);

        ((int?)replaced["version"], replaced["title_pattern"], (string?)replaced["name"]).ShouldBe((2, null, "Shorter"));
        await Eventually.Holds(() => host.Published<ShowChanged>().Count(e => e.OwnerId == "cleo") == 2, "both are announced");
        host.Published<ShowChanged>().Where(e => e.OwnerId == "cleo").Select(e => e.Version).ShouldBe([1, 2], ignoreOrder: true);
    }

    [Fact]
    public async Task ten_at_once_make_ten_versions()
    {
        var dan = host.ClientOf("dan");

        var all = await Task.WhenAll(Enumerable.Range(1, 10).Select(number => dan.Put("/shows/s", $$"""{ "name": "{{number}}" }""")));

        var bodies = await Task.WhenAll(all.Select(response => response.Content.ReadAsStringAsync()));
        var versions = bodies.Select(body => (int)JsonNode.Parse(body)!["version"]!);
        versions.Order().ShouldBe(Enumerable.Range(1, 10));
    }

    [Fact]
    public async Task it_is_its_owners_alone()
    {
        await (await host.ClientOf("eva").Put("/shows/mine", Whole)).Answer(HttpStatusCode.Created);
        var fay = host.ClientOf("fay");

        await (await fay.GetAsync(new Uri("/shows/mine", UriKind.Relative))).Problem(HttpStatusCode.NotFound);
        (await fay.Get("/shows"))["shows"]!.AsArray().ShouldBeEmpty();
        await (await fay.Put("/shows/mine", """{ "name": "Another" }""")).Answer(HttpStatusCode.Created);

        ((string?)(await host.ClientOf("eva").Get("/shows/mine"))["name"]).ShouldBe("The API Show");
    }

    [Fact]
    public async Task shows_are_listed_by_slug()
    {
        var gus = host.ClientOf("gus");
        foreach (var slug in new[] { "c", "a", "b" })
            await gus.Put($"/shows/{slug}", """{ "name": "N" }""");

        (await gus.Get("/shows"))["shows"]!.AsArray().Select(show => (string?)show!["slug"]).ShouldBe(["a", "b", "c"]);
    }
}
