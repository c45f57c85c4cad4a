namespace Podcast.Ittybit.Tests;

public class When_media_and_files_are_asked_for
{
    [Fact]
    public async Task media_are_made_described_and_read()
    {
        var ittybit = new FakeIttybit().Answers(200,
            """
            { "id": "med_1", "object": "media", "kind": "video", "title": "How to", "alt": null, "duration": 62.5,
              "files": [ { "id": "file_1", "media_id": "med_1", "object": "source", "ref": "original" } ],
              "tracks": [ { "id": "file_2", "object": "track" } ],
              "urls": { "original": "https://you.ittybit.net/raw.mp4", "odd": null },
              "metadata": { "episode_id": "9b1f", "number": 7, "tags": ["a"], "none": null } }
            """);
        await using var client = new Client(ittybit);

        await client.Api.CreateMedia(new MediaRequest
        {
            Title = "How to",
            Metadata = new Dictionary<string, string> { ["episode_id"] = "9b1f", ["EpisodeTitle"] = "as it is" },
        });
        Json.Of(ittybit.Last.Body).ShouldBeSameJsonAs("""{"title":"How to","metadata":{"episode_id":"9b1f","EpisodeTitle":"as it is"}}""");
        await client.Api.UpdateMedia("med_1", new MediaRequest { Alt = "A talk" });
        (ittybit.Last.Method, ittybit.Last.Uri.AbsolutePath, ittybit.Last.Body).ShouldBe(("PATCH", "/media/med_1", """{"alt":"A talk"}"""));

        var media = await client.Api.GetMedia("med_1");
        media.Title.ShouldBe("How to");
        media.Kind.ShouldBe("video");
        media.Duration.ShouldBe(62.5);
        media.Files.Select(file => file.Id).ShouldBe(["file_1", "file_2"]);
        media.Urls.ShouldHaveSingleItem().Value.ShouldBe(new Uri("https://you.ittybit.net/raw.mp4"));
        media.Metadata["episode_id"].ShouldBe("9b1f");
        media.Metadata["number"].ShouldBe("7");
        media.Metadata["tags"].ShouldBe("""["a"]""");
        media.Metadata.ContainsKey("none").ShouldBeFalse();
    }

    [Fact]
    public async Task media_are_listed()
    {
        var ittybit = new FakeIttybit().Answers(200, """[ { "id": "med_1" }, { "id": "med_2" } ]""");
        await using var client = new Client(ittybit);

        (await client.Api.ListMedia(3, 20)).Select(media => media.Id).ShouldBe(["med_1", "med_2"]);
        ittybit.Last.Uri.PathAndQuery.ShouldBe("/media?page=3&limit=20");
    }

    [Fact]
    public async Task a_file_is_fetched_by_ittybit_and_read()
    {
        var ittybit = new FakeIttybit()
            .Answers(201, """{ "data": { "id": "file_1", "media_id": "med_1", "url": "https://you.ittybit.net/raw.mp4", "status": "ready" } }""")
            .Answers(201, """{ "id": "task_7", "object": "task", "kind": "ingest", "status": "processing" }""")
            .Answers(200, """{ "id": "file_1", "filesize": "12345678901", "width": 1920.0, "height": "1080", "duration": null }""");
        await using var client = new Client(ittybit);
        var request = new CreateFileRequest { Url = new Uri("https://x.test/raw.mp4"), MediaId = "med_1", Ref = "original" };

        (await client.Api.CreateFile(request)).MediaId.ShouldBe("med_1");
        Json.Of(ittybit.Last.Body).ShouldBeSameJsonAs("""{"url":"https://x.test/raw.mp4","media_id":"med_1","ref":"original"}""");

        (await client.Api.CreateFile(request)).ShouldBe(new IttybitFile { Kind = "ingest", Status = "processing", TaskId = "task_7" });

        (await client.Api.GetFile("file_1")).ShouldBe(
            new IttybitFile { Id = "file_1", Filesize = 12_345_678_901, Width = 1920, Height = 1080 });
    }

    [Theory]
    [InlineData("1788256800")]
    [InlineData("\"1788256800\"")]
    [InlineData("1788256800000")]
    public async Task a_signature_is_made(string expiry)
    {
        var ittybit = new FakeIttybit().Answers(200,
            $$"""
            { "domain": "you.ittybit.net", "folder": "episodes", "filename": "a.mp4", "expiry": {{expiry}}, "method": "put",
              "signature": "abc", "url": "https://you.ittybit.net/episodes/a.mp4?expiry=1788256800&method=put&signature=abc" }
            """);
        await using var client = new Client(ittybit);

        var signature = await client.Api.CreateSignature(
            new SignatureRequest { Filename = "a.mp4", Folder = "episodes", Expiry = 1_788_256_800, Method = "put" });

        Json.Of(ittybit.Last.Body).ShouldBeSameJsonAs("""{"filename":"a.mp4","folder":"episodes","expiry":1788256800,"method":"put"}""");
        signature.ShouldBe(new UploadSignature
        {
            Url = new Uri("https://you.ittybit.net/episodes/a.mp4?expiry=1788256800&method=put&signature=abc"),
            Domain = "you.ittybit.net",
            Folder = "episodes",
            Filename = "a.mp4",
            Expiry = 1_788_256_800,
            Method = "put",
            Signature = "abc",
        });
    }
}
