using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Podcast.Contracts;
using Podcast.Ingest.Api.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Ingest.Api.Tests;

public sealed class When_a_pack_is_downloaded : IAsyncLifetime
{
    private readonly IngestHost host = new IngestHost().With("Sources:AllowLoopback", "true");
    private readonly Guid id = Guid.NewGuid();

    public Task InitializeAsync() => host.InitializeAsync();

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task it_has_the_texts_of_the_channel_and_the_media()
    {
        await host.ClientOf("ann").Put(
            "/shows/bergfunk", """
            { "name": "Bergfunk", "time_zone": "Europe/Vienna", "title_pattern": "{title} | {show}",
              "channels": { "youtube": { "account": "main", "channel_id": "UCemulatedchannel0000001", "tags": ["mountains"] } } }
            """);
        host.Ittybit.Files["chapters"] = new { chapters = Chapters };
        await Processed("ann");
        await host.Deliver(new TranscriptCollected(id, 1, "Hello there.", "en", [new(1, 3, "Hello there.")], Snapshot.At(1)));
        await Eventually.Holds(() => host.FromDatabase(db => db.Transcripts.AnyAsync(one => one.EpisodeId == id)), "it is stored");

        using var zip = await Download("ann", "youtube");

        zip.Entries.Select(entry => entry.FullName).ShouldBe(
        [
            "youtube/title.txt", "youtube/description.txt", "youtube/tags.txt", "youtube/chapters.txt", "youtube/captions.srt",
            "youtube/checklist.txt", "manifest.json",
        ]);
        Text(zip, "youtube/title.txt").ShouldBe("How to Build APIs | Bergfunk\n");
        Text(zip, "youtube/chapters.txt").ShouldBe("0:00 Hello\n1:00 Middle\n5:00 End\n");
        Text(zip, "youtube/captions.srt").ShouldBe("1\n00:00:01,000 --> 00:00:03,000\nHello there.\n\n");
        var manifest = JsonNode.Parse(Text(zip, "manifest.json"))!;
        ((Guid)manifest["episode_id"]!, (string?)manifest["channel"], manifest["files"]!.AsArray().Count).ShouldBe((id, "youtube", 6));
        manifest["media"]!.AsArray().Select(medium => ((string?)medium!["kind"], (string?)medium["url"]))
            .ShouldBe([("audio", "https://you.ittybit.net/a.mp3"), ("video", "https://you.ittybit.net/v.mp4")]);
        var chapters = (await host.ClientOf("ann").Get($"/episodes/{id}/chapters"))["chapters"]!.AsArray();
        chapters.Select(chapter => ((double)chapter!["start"]!, (string?)chapter["title"])).ShouldBe([(0, "Hello"), (60, "Middle"), (300, "End")]);
        ((double)chapters[0]!["end"]!).ShouldBe(60);
    }

    [Fact]
    public async Task what_cannot_be_had_is_named_in_the_checklist()
    {
        await Processed("bea");

        using var zip = await Download("bea", "transistor");

        Text(zip, "transistor/checklist.txt").ShouldContain("[-] No chapters: The chapters cannot be fetched: 404.");
        Text(zip, "transistor/checklist.txt").ShouldContain("[-] No transcript: none was made");
        var none = await host.ClientOf("bea").Get($"/episodes/{id}/chapters");
        ((string?)none["left_out"]).ShouldBe("The chapters cannot be fetched: 404.");
    }

    [Fact]
    public async Task rejected_outputs_are_left_out()
    {
        host.Ittybit.Files["chapters"] = new { chapters = Chapters };
        await Processed("eve", objection: "The chapters make no sense.");

        using var zip = await Download("eve", "youtube");

        Text(zip, "youtube/checklist.txt").ShouldContain("[-] No chapters: the episode has no chapters");
        var media = JsonNode.Parse(Text(zip, "manifest.json"))!["media"]!.AsArray();
        media.Select(medium => (string?)medium!["kind"]).ShouldBe(["audio"]);
        var outputs = (await host.ClientOf("eve").Get($"/episodes/{id}"))["outputs"]!;
        ((string?)outputs["audio_url"], (string?)outputs["video_url"]).ShouldBe(("https://you.ittybit.net/a.mp3", null));
    }

    [Fact]
    public async Task it_is_for_the_owner_of_a_processed_episode()
    {
        await host.Deliver(Snapshot.Of(id, 1, "cleo"));
        await Known();

        var early = await (await Ask("cleo", "youtube")).Problem(HttpStatusCode.Conflict);
        ((string?)early["detail"]).ShouldBe("The episode is processing: there is a pack when it is processed.");
        await (await Ask("dan", "youtube")).Problem(HttpStatusCode.NotFound);
        var unknown = await (await Ask("cleo", "vimeo")).Problem(HttpStatusCode.NotFound);
        ((string?)unknown["detail"]).ShouldBe("There is no channel vimeo: it is one of transistor, youtube, feed.");
    }

    [Fact]
    public async Task it_is_described()
    {
        var document = await host.Anonymous().Get("/openapi/v1.json");

        var responses = document["paths"]!["/episodes/{id}/publish-pack/{channel}"]!["get"]!["responses"]!.AsObject();
        responses["200"]!["content"]!["application/zip"].ShouldNotBeNull();
        responses.Select(response => response.Key).ShouldBe(["200", "404", "409", "400", "401", "503"], ignoreOrder: true);
    }

    private static object[] Chapters =>
    [
        new { start = 0, end = 60, title = "Hello" }, new { start = 60, end = 300, title = "Middle" },
        new { start = 300, end = 600, title = "End" },
    ];

    private async Task Processed(string owner, string? objection = null)
    {
        await host.Deliver(Snapshot.Of(
            id, 1, owner, EpisodeStatus.Processed, null,
            Made(TaskKind.AudioExtraction, new Uri("https://you.ittybit.net/a.mp3"), 600),
            Made(TaskKind.VideoTranscode, new Uri("https://you.ittybit.net/v.mp4"), 600, objection),
            Made(TaskKind.ChapterDetection, new Uri(host.Ittybit.Address, "files/chapters"), null, objection)));
        await Known();
    }

    private static TaskSnapshot Made(TaskKind kind, Uri url, double? seconds, string? objection = null) =>
        Snapshot.Task(kind, TaskState.Completed, $"task_{Guid.NewGuid()}", new TaskOutput(null, url, null, seconds), objection);

    private Task Known() => Eventually.Holds(
        () => host.FromDatabase(db => db.Episodes.AnyAsync(episode => episode.Id == id)), "the episode is stored");

    private Task<HttpResponseMessage> Ask(string owner, string channel) =>
        host.ClientOf(owner).GetAsync(new Uri($"/episodes/{id}/publish-pack/{channel}", UriKind.Relative));

    private async Task<ZipArchive> Download(string owner, string channel)
    {
        var answer = await Ask(owner, channel);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/zip");
        return new ZipArchive(await answer.Content.ReadAsStreamAsync());
    }

    private static string Text(ZipArchive zip, string name)
    {
        using var reader = new StreamReader(zip.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }
}
