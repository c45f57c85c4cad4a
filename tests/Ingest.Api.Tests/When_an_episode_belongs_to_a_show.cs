using System.Net;
using Microsoft.EntityFrameworkCore;
using Podcast.Contracts;
using Podcast.Ingest.Api.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Ingest.Api.Tests;

public sealed class When_an_episode_belongs_to_a_show(IngestHost host) : IClassFixture<IngestHost>
{
    private const string Plan =
        """ "tasks": [{ "kind": "audio" }, { "kind": "thumbnail", "required": false, "options": { "start": 7 } }] """;

    private static readonly PlannedTask[] planned =
        [new(TaskKind.AudioExtraction), new(TaskKind.Thumbnail, false, new TaskOptions(Start: 7))];

    [Fact]
    public async Task the_plan_of_the_show_is_that_of_an_upload_without_one()
    {
        var client = await Owner("ann", "first", "second");

        var announced = await Submit(client, """, "show": "second" """);

        announced.Show.ShouldBe("second");
        announced.Tasks.ShouldBe(planned);
    }

    [Fact]
    public async Task tasks_of_the_upload_go_before_those_of_the_show()
    {
        var client = await Owner("bea", "first");

        var announced = await Submit(client, """, "show": "first", "tasks": ["chapters"] """);

        announced.Show.ShouldBe("first");
        announced.Tasks.ShouldBe([new PlannedTask(TaskKind.ChapterDetection)]);
    }

    [Fact]
    public async Task a_named_task_is_done_as_the_show_says()
    {
        var client = await Owner("ida", "only");

        (await Submit(client, """, "tasks": ["thumbnail"] """)).Tasks.ShouldBe([planned[1]]);
    }

    [Theory]
    [InlineData("kim", """ "language": "pt-BR" """, "pt")]
    [InlineData("leo", """ "language": "de", "tasks": [{ "kind": "transcript", "options": { "language": "fr" } }] """, "fr")]
    public async Task the_transcript_is_in_the_language_of_the_show(string name, string settings, string language)
    {
        var client = host.ClientOf(name);
        await (await client.Put("/shows/only", $$"""{ "name": "N", {{settings}} }""")).Answer(HttpStatusCode.Created);

        var transcript = (await Submit(client)).Tasks!.Single(task => task.Kind == TaskKind.TranscriptGeneration);

        transcript.Options.ShouldBe(new TaskOptions(Language: language));
    }

    [Fact]
    public async Task an_only_show_need_not_be_named()
    {
        var client = await Owner("cleo", "only");

        (await Submit(client)).Show.ShouldBe("only");
    }

    [Fact]
    public async Task one_of_several_shows_is_not_guessed()
    {
        var client = await Owner("dan", "first", "second");

        var announced = await Submit(client);

        announced.Show.ShouldBeNull();
        announced.Tasks.ShouldBeNull();
    }

    [Theory]
    [InlineData("/episodes", """ "url": "https://example.com/a.mp4" """)]
    [InlineData("/episodes/prepare-upload", """ "filename": "a.mp4", "filesize": 1 """)]
    public async Task an_unknown_show_is_refused_by_name(string path, string video)
    {
        await Owner("eva", "hers");
        var client = host.ClientOf("fay");

        var response = await client.Post(path, $$"""{ "title": "T", {{video}}, "show": "hers" }""");

        var problem = await response.Problem(HttpStatusCode.UnprocessableEntity);
        problem["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["show"]);
        (await client.Get("/episodes"))["episodes"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task a_show_that_is_no_slug_is_refused()
    {
        var response = await host.ClientOf("ann").Post(
            "/episodes", """{ "url": "https://example.com/a.mp4", "title": "T", "show": "A B" }""");

        (await response.RefusedFields()).ShouldBe(["show"]);
    }

    [Fact]
    public async Task plan_stays_if_its_show_changes_before_the_confirmation()
    {
        var client = await Owner("gus", "only");
        var prepared = await (await client.Post("/episodes/prepare-upload", """{ "filename": "a.mp4", "title": "gus", "filesize": 1 }"""))
            .Answer(HttpStatusCode.Created);
        await client.Put("/shows/only", """{ "name": "N" }""");
        host.Ittybit.Has("file_gus");

        await (await client.Post($"/episodes/{prepared["id"]}/confirm-upload", """{ "ittybit_file_id": "file_gus" }"""))
            .Answer(HttpStatusCode.Accepted);

        var announced = await Announced((Guid)prepared["id"]!);
        announced.Show.ShouldBe("only");
        announced.Tasks.ShouldBe(planned);
    }

    [Fact]
    public async Task it_is_shown_with_the_episode()
    {
        var client = await Owner("hal", "only");
        var id = (await Submit(client)).EpisodeId;
        ((string?)(await client.Get($"/episodes/{id}"))["show"]).ShouldBe("only");

        var elsewhere = Guid.NewGuid();
        await host.Deliver(Snapshot.Of(elsewhere, 1, "hal") with { Show = "from-the-queue" });

        await Eventually.Holds(() => host.FromDatabase(db => db.Episodes.AnyAsync(e => e.Id == elsewhere)), "the snapshot is stored");
        ((string?)(await client.Get($"/episodes/{elsewhere}"))["show"]).ShouldBe("from-the-queue");
    }

    private async Task<HttpClient> Owner(string name, params string[] shows)
    {
        var client = host.ClientOf(name);
        foreach (var show in shows)
            (await client.Put($"/shows/{show}", $$"""{ "name": "N", {{Plan}} }""")).IsSuccessStatusCode.ShouldBeTrue();
        return client;
    }

    private async Task<EpisodeUploaded> Submit(HttpClient client, string more = "")
    {
        var response = await client.Post("/episodes", $$"""{ "url": "https://example.com/a.mp4", "title": "T"{{more}} }""");
        return await Announced((Guid)(await response.Answer(HttpStatusCode.Accepted))["id"]!);
    }

    private async Task<EpisodeUploaded> Announced(Guid id)
    {
        await Eventually.Holds(() => host.Published<EpisodeUploaded>().Any(e => e.EpisodeId == id), "it is announced");
        return host.Published<EpisodeUploaded>().Single(e => e.EpisodeId == id);
    }
}
