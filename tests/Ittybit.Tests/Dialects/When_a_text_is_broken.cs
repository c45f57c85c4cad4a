using System.Net;

namespace Podcast.Ittybit.Tests.Dialects;

public class When_a_text_is_broken
{
    [Theory]
    [InlineData("""a\ud800b""", "a\uFFFDb")]
    [InlineData("""\udc00""", "\uFFFD")]
    [InlineData("""\ud83d\ud83d\ude00""", "\uFFFD\U0001F600")]
    [InlineData("""\uD83D\uDE00\uDE00""", "\U0001F600\uFFFD")]
    [InlineData("""a\u0000b""", "a\uFFFDb")]
    [InlineData("""\\ud800 \"\\\ud800""", "\\ud800 \"\\\uFFFD")]
    [InlineData("""caf\u00e9""", "caf\u00e9")]
    public void it_is_replaced_and_the_rest_stays(string written, string read)
    {
        var task = IttybitDialect.ReadTask(Json.Of($$"""{ "id": "task_1", "status": "queued", "ref": "{{written}}", "kind": "audio" }"""));

        (task.Id, task.Ref, task.Kind).ShouldBe(("task_1", read, "audio"));
    }

    [Fact]
    public void an_error_is_told_without_it() =>
        IttybitDialect.ReadTask(Json.Of("""{ "id": "task_1", "status": "failed", "error": "No \ud83d audio" }""")).Error
            .ShouldBe("No \uFFFD audio");

    [Fact]
    public async Task bytes_that_are_no_text_are_replaced()
    {
        await using var client = new Client(new FakeIttybit().Does(_ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new ByteArrayContent([.. "{\"id\":\"task_1\",\"status\":\"queued\",\"kind\":\"caf"u8, 0xE9, .. "\",\""u8, 0xFF, .. "\":1}"u8])
            {
                Headers = { ContentType = new("application/json") },
            },
        })));

        (await client.Api.GetTask("task_1")).Kind.ShouldBe("caf\uFFFD");
    }

    [Fact]
    public async Task a_refusal_is_told_without_it()
    {
        await using var client = new Client(new FakeIttybit().Answers(400, """{ "message": "No \udfff width", "\ud800": 1 }"""));

        var exception = await Record.ExceptionAsync(() => client.Api.GetTask("task_1"));

        IttybitFailure.Of(exception!, client.Clock).Message.ShouldBe("Ittybit refused (400): No \uFFFD width");
    }

    [Theory]
    [InlineData("""{ "id": "task_1", "status": "que""")]
    [InlineData("<html>")]
    [InlineData("{ \"id\": \"task\u0000\" }")]
    public async Task an_answer_that_is_no_json_names_none_of_our_types(string body)
    {
        await using var client = new Client(new FakeIttybit().Answers(200, body));

        foreach (var call in new Func<Task>[] { () => client.Api.ListTasks(), () => client.Api.GetTask("task_1"), () => client.Api.GetFile("file_1") })
        {
            var message = IttybitFailure.Of((await Record.ExceptionAsync(call))!, client.Clock).Message;
            message.ShouldBe("Ittybit's answer cannot be read: it is not the JSON that we expect.");
        }
    }

    [Theory]
    [InlineData(299)]
    [InlineData(298)]
    [InlineData(50)]
    [InlineData(49)]
    public void a_text_is_not_cut_in_the_middle_of_a_character(int before)
    {
        var text = new string('x', before) + "\U0001F600" + new string('y', 300);
        var task = IttybitDialect.ReadTask(Json.Of($$"""{ "id": "task_1", "status": "{{text}}", "error": "{{text}}" }"""));

        foreach (var shown in (string[])[task.Error!, task.Word])
            shown.EnumerateRunes().ShouldNotContain(letter => letter == System.Text.Rune.ReplacementChar);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("\"0\"")]
    [InlineData("-0.5")]
    [InlineData("\"NaN\"")]
    public void no_length_is_written_as_a_number_too(string amount) =>
        IttybitDialect.ReadTask(Json.Of(
            $$"""
            { "id": "task_1", "status": "completed",
              "output": { "id": "file_1", "duration": {{amount}}, "filesize": {{amount}}, "width": {{amount}}, "height": {{amount}} } }
            """)).Output.ShouldBe(new IttybitFile { Id = "file_1" });
}
