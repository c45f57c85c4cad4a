namespace Podcast.Ittybit.Tests.Dialects;

/// <summary>A list is many people's: what one element is costs nobody the others.</summary>
public class When_a_list_is_read
{
    private const string Good = """{ "id": "task_1", "status": "processing", "ref": "mine" }""";

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("\"task_0\"")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{ "id": 7, "status": "completed" }""")]
    [InlineData("""{ "id": null, "status": "completed" }""")]
    [InlineData("""{ "id": "task_0" }""")]
    [InlineData("""{ "id": "task_0", "status": {} }""")]
    [InlineData("""{ "id": "task_\ud800", "status": "completed" }""")]
    [InlineData("""{ "id": "run_1", "object": "run", "status": "completed" }""")]
    [InlineData("""{ "error": { "message": "No such task" } }""")]
    public async Task an_element_that_cannot_be_read_is_left_out(string bad)
    {
        var page = await Tasks($"[ {bad}, {Good}, {bad} ]");

        page.ShouldHaveSingleItem().Id.ShouldBe("task_1");
        (page.Sent, page.Doubtful.Count).ShouldBe((3, 0));
    }

    [Theory]
    [InlineData("""{ "status": "completed", "ref": "mine" }""", "", "completed")]
    [InlineData("""{ "id": 7, "status": "completed", "options": { "ref": "mine" } }""", "", "completed")]
    [InlineData("""{ "id": "task_7", "ref": "mine" }""", "task_7", "unknown")]
    [InlineData("""{ "id": "file_7", "object": "file", "ref": "mine" }""", "", "unknown")]
    public async Task what_may_be_looked_for_is_not_forgotten(string half, string id, string status)
    {
        var page = await Tasks($"[ {half}, {Good} ]");

        page.ShouldHaveSingleItem().Id.ShouldBe("task_1");
        var doubtful = page.Doubtful.ShouldHaveSingleItem();
        (doubtful.Id, doubtful.Status, doubtful.Ref).ShouldBe((id, status, "mine"));
    }

    [Theory]
    [InlineData("""{ "id": "task_2", "status": "completed", "ref": "\ud800x", "\udfff": 1 }""")]
    [InlineData("""{ "id": "task_2", "status": "completed", "ref": "\u0000x", "metadata": { "\ud83d": "\udc00" } }""")]
    public async Task bad_text_costs_that_text_alone(string other)
    {
        var page = await Tasks($"[ {other}, {Good} ]");

        page.Select(task => task.Id).ShouldBe(["task_2", "task_1"]);
        page[0].Ref.ShouldBe("\uFFFDx");
    }

    [Fact]
    public async Task media_are_read_one_by_one_too()
    {
        await using var client = new Client(new FakeIttybit().Answers(
            200,
            """
            { "data": [ null, { "title": "nameless" }, 7,
              { "id": "med_1", "title": "Caf\u00e9 \ud83c", "duration": 0,
                "files": [ null, 7, "x", { "id": "file_1", "duration": -1, "filesize": 0 } ], "metadata": { "episode_id": "\ud800" } } ] }
            """));

        var page = await client.Api.ListMedia();

        page.Sent.ShouldBe(4);
        var media = page.ShouldHaveSingleItem();
        (media.Id, media.Title, media.Duration, media.Metadata["episode_id"]).ShouldBe(("med_1", "Caf\u00e9 \uFFFD", null, "\uFFFD"));
        media.Files.ShouldHaveSingleItem().ShouldBe(new IttybitFile { Id = "file_1" });
    }

    private static async Task<IttybitPage<IttybitTask>> Tasks(string body)
    {
        await using var client = new Client(new FakeIttybit().Answers(200, body));
        return await client.Api.ListTasks();
    }
}
