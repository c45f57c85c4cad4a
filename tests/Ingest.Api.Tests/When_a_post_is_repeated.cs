using System.Net;
using System.Text.Json.Nodes;
using Podcast.Contracts;
using Podcast.Ingest.Api.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Ingest.Api.Tests;

public sealed class When_a_post_is_repeated(IngestHost host) : IClassFixture<IngestHost>
{
    private readonly string owner = $"owner-{Guid.NewGuid():N}";
    private readonly object upload = new { filename = "a.mp4", title = "T", filesize = 1000 };

    [Fact]
    public async Task a_prepared_upload_is_the_same_one()
    {
        var client = host.ClientOf(owner);

        var first = await client.Post("/episodes/prepare-upload", upload, key: "k 1".Replace(' ', '-'));
        host.Ittybit.Refuses = 500; // the answer is known: nobody need be asked
        var second = await client.Post("/episodes/prepare-upload", """{"filesize":1000,   "title":"T","filename":"a.mp4"}""", key: "k-1");
        host.Ittybit.Refuses = null;

        var known = await first.Answer(HttpStatusCode.Created);
        JsonNode.DeepEquals(known, await second.Answer(HttpStatusCode.Created)).ShouldBeTrue();
        second.Headers.Location.ShouldBe(first.Headers.Location);
        (await client.Get("/episodes"))["episodes"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task another_body_under_the_same_key_is_a_422()
    {
        var client = host.ClientOf(owner);
        await (await client.Post("/episodes/prepare-upload", upload, key: "k")).Answer(HttpStatusCode.Created);

        var other = await client.Post("/episodes/prepare-upload", new { filename = "a.mp4", title = "T", filesize = 1001 }, key: "k");
        var elsewhere = await client.Post("/episodes", new { url = "https://example.com/a.mp4", title = "T" }, key: "k");

        (await other.Problem(HttpStatusCode.UnprocessableEntity))["errors"]!["Idempotency-Key"].ShouldNotBeNull();
        await elsewhere.Problem(HttpStatusCode.UnprocessableEntity);
        (await client.Get("/episodes"))["episodes"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task a_key_belongs_to_its_owner()
    {
        var ann = await (await host.ClientOf(owner).Post("/episodes/prepare-upload", upload, key: "k")).Answer(HttpStatusCode.Created);
        var bob = await (await host.ClientOf(owner + "2").Post("/episodes/prepare-upload", upload, key: "k")).Answer(HttpStatusCode.Created);

        ((Guid)bob["id"]!).ShouldNotBe((Guid)ann["id"]!);
    }

    [Fact]
    public async Task a_refused_request_is_not_remembered()
    {
        var client = host.ClientOf(owner);
        (await client.Post("/episodes/prepare-upload", new { filename = "a.mp4" }, key: "k")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        await (await client.Post("/episodes/prepare-upload", upload, key: "k")).Answer(HttpStatusCode.Created);
    }

    [Fact]
    public async Task many_at_once_make_one_episode_and_announce_it_once()
    {
        var client = host.ClientOf(owner);
        var title = $"at once {owner}";

        var responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            client.Post("/episodes", new { url = "https://example.com/a.mp4", title }, key: "k")));

        var ids = new HashSet<Guid>();
        foreach (var response in responses)
            ids.Add((Guid)(await response.Answer(HttpStatusCode.Accepted))["id"]!);
        var id = ids.ShouldHaveSingleItem();
        (await client.Get("/episodes"))["episodes"]!.AsArray().Count.ShouldBe(1);

        // What comes after on the same queue shows that nothing else is under way.
        await client.Post("/episodes", new { url = "https://example.com/a.mp4", title = title + " after" });
        await Eventually.Holds(() => host.Published<EpisodeUploaded>().Any(e => e.Title == title + " after"), "the later one is announced");
        host.Published<EpisodeUploaded>().Where(e => e.Title == title).ShouldHaveSingleItem().EpisodeId.ShouldBe(id);
    }

    [Fact]
    public async Task a_retry_clicked_twice_is_asked_for_once()
    {
        var client = host.ClientOf(owner);
        var id = Guid.NewGuid();
        await host.Deliver(Snapshot.Of(
            id, 4, owner, EpisodeStatus.Failed, "Nothing works", Snapshot.Task(TaskKind.AudioExtraction, TaskState.Failed, error: "codec")));
        await Eventually.Holds(async () => (await client.GetAsync(new Uri($"/episodes/{id}", UriKind.Relative))).IsSuccessStatusCode, "it shows");

        await (await client.Post($"/episodes/{id}/retry", "{}", key: "click")).Answer(HttpStatusCode.Accepted);
        await (await client.Post($"/episodes/{id}/retry", key: "click")).Answer(HttpStatusCode.Accepted);
        await (await client.Post($"/episodes/{id}/cancel", new { why = "second" }, key: "other")).Answer(HttpStatusCode.Accepted);

        await Eventually.Holds(() => host.Published<CancelEpisode>().Any(c => c.EpisodeId == id && c.Why == "second"), "the second key");
        host.Published<RetryEpisode>().Count(r => r.EpisodeId == id).ShouldBe(1);
    }
}
