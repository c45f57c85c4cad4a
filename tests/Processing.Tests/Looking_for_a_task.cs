using System.Globalization;
using Microsoft.AspNetCore.Http;
using Podcast.Contracts;
using Podcast.Testing;
using static Podcast.Processing.Tests.AnEarlierTask;

namespace Podcast.Processing.Tests;

/// <summary>A task that was not found is made only if it surely is not there: a second one would be paid for.</summary>
public sealed class Looking_for_a_task
{
    private const int Full = 100;

    [Fact]
    public async Task search_goes_on_while_tasks_are_newer_than_the_order()
    {
        await using var worker = await Worker(list: "[]");
        worker.Ittybit.On("GET /tasks", [.. Enumerable.Range(0, 12).Select(page => Page(worker, page, ago: 40 + page)), Reply.Json($"[{Made}]")]);

        var told = await worker.Handle(Order(worker, ago: 60));

        told.ShouldHaveSingleItem().ShouldBeOfType<TaskStarted>().IttybitTaskId.ShouldBe("task_1");
        worker.Ittybit.Posts.ShouldBeEmpty();
    }

    [Fact]
    public async Task it_ends_where_tasks_are_older_than_the_order()
    {
        await using var worker = await Worker(list: "[]");
        worker.Ittybit.On("GET /tasks", Page(worker, 0, ago: 5), Page(worker, 1, ago: 90), Page(worker, 2, ago: 95));

        await worker.Handle(Order(worker, ago: 60));

        worker.Ittybit.Requests.Select(request => request.Line).ShouldBe(["GET /tasks", "GET /tasks", "POST /tasks"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(9)]
    public async Task a_clock_of_ittybits_that_is_behind_hides_nothing(int minutes)
    {
        await using var worker = await Worker(list: "[]");
        worker.Ittybit.On("GET /tasks", Page(worker, 0, ago: 60 + minutes), Reply.Json($"[{Made}]"));

        await worker.Handle(Order(worker, ago: 60));

        worker.Ittybit.Posts.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("""
        ,"created":null
        """)]
    [InlineData("""
        ,"created":"yesterday"
        """)]
    [InlineData("""
        ,"created":-5
        """)]
    [InlineData("""
        ,"created":{}
        """)]
    public async Task a_page_without_times_is_not_older(string created)
    {
        await using var worker = await Worker(list: "[]");
        worker.Ittybit.On("GET /tasks", Elements(0, created.Trim()), Elements(1, created.Trim()), Reply.Json($"[{Made}]"));

        await worker.Handle(Order(worker, ago: 60));

        worker.Ittybit.Posts.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("""{"id":7,"status":"completed"}""")]
    [InlineData("""{"id":"run_1","object":"run","status":"completed"}""")]
    public async Task a_page_on_which_nothing_can_be_read_is_not_the_end(string element)
    {
        await using var worker = await Worker(list: "[]");
        worker.Ittybit.On("GET /tasks", Reply.Json($"[{element}]"), Reply.Json($"[{element},{Made},{element}]"));

        var told = await worker.Handle(Order(worker, ago: 60));

        told.ShouldHaveSingleItem().ShouldBeOfType<TaskStarted>().IttybitTaskId.ShouldBe("task_1");
        worker.Ittybit.Posts.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_list_with_the_oldest_first_is_read_to_its_end()
    {
        await using var worker = await Worker(list: "[]");
        worker.Ittybit.On("GET /tasks", Page(worker, 0, ago: 500, older: -1), Page(worker, 1, ago: 300, older: -1), Reply.Json($"[{Made}]"));

        await worker.Handle(Order(worker, ago: 60));

        worker.Ittybit.Posts.ShouldBeEmpty();
    }

    [Fact]
    public async Task one_wrong_time_proves_nothing()
    {
        await using var worker = await Worker(list: "[]");
        worker.Ittybit.On("GET /tasks", Reply.Json($"[{Element(worker, "task_a", 3)},{Element(worker, "task_b", 9_000)}]"), Reply.Json($"[{Made}]"));

        await worker.Handle(Order(worker, ago: 60));

        worker.Ittybit.Posts.ShouldBeEmpty();
    }

    [Fact]
    public async Task an_order_that_does_not_say_its_time_looks_to_the_end()
    {
        await using var worker = await Worker(list: "[]");
        worker.Ittybit.On("GET /tasks", Page(worker, 0, ago: 9_000), Page(worker, 1, ago: 90_000), Reply.Json($"[{Made}]"));

        await worker.Handle(worker.ExtractAudio(again: true));

        worker.Ittybit.Posts.ShouldBeEmpty();
    }

    public static TheoryData<string, string, string> Unclear => new()
    {
        { "too many pages", "different", "too many newer tasks" },
        { "a server that shows a full first page for ever", "same", "only a part" },
        { "a task of ours without an id", "nameless", "no id" },
        { "a page that is another list", "[[{\"id\":\"task_1\",\"status\":\"completed\"}]]", "can be read" },
        { "a page of numbers", "[7,8]", "can be read" },
        { "a page of objects without a name", "[{\"task\":{\"id\":\"task_1\"}}]", "can be read" },
    };

    [Theory]
    [MemberData(nameof(Unclear))]
    public async Task while_nobody_can_tell_none_is_made_and_it_is_asked_again(string what, string list, string reason)
    {
        await using var worker = await ProcessingScenario.Start(("Processing:LookupPages", "7"));
        worker.Ittybit.On("POST /tasks", Reply.Json(Made, 201));
        worker.Ittybit.On("GET /tasks", list switch
        {
            "different" => [.. Enumerable.Range(0, 9).Select(page => Page(worker, page, ago: 5))],
            "same" => [Page(worker, 0, ago: 5)],
            ['[', ..] => [Reply.Json(list), Reply.Json("[]")],
            _ => [Reply.Json($$"""[{"status":"processing","ref":"{{Reference}}"}]""")],
        });

        var failed = (await worker.Handle(Order(worker, ago: 60))).ShouldHaveSingleItem().ShouldBeOfType<TaskFailed>();

        worker.Ittybit.Posts.ShouldBeEmpty(what);
        (failed.Transient, failed.IttybitTaskId).ShouldBe((true, null));
        failed.Reason.ShouldContain(reason);
    }

    private static ExtractAudio Order(ProcessingScenario worker, int ago) =>
        worker.ExtractAudio(again: true) with { FirstAskedAt = worker.Clock.GetUtcNow() - TimeSpan.FromMinutes(ago) };

    /// <summary>A full page of others' tasks, the first made <paramref name="ago"/> minutes ago, each other a little earlier.</summary>
    private static RequestDelegate Page(ProcessingScenario worker, int page, int ago, int older = 1) =>
        Reply.Json($"[{string.Join(',', Enumerable.Range(0, Full).Select(n => Element(worker, $"task_x{page}_{n}", ago + (older * n * 0.01))))}]");

    private static RequestDelegate Elements(int page, string created) =>
        Reply.Json($"[{string.Join(',', Enumerable.Range(0, Full).Select(n => $$"""{"id":"task_x{{page}}_{{n}}","status":"completed"{{created}}}"""))}]");

    private static string Element(ProcessingScenario worker, string id, double minutesAgo)
    {
        var created = (worker.Clock.GetUtcNow() - TimeSpan.FromMinutes(minutesAgo)).ToString("O", CultureInfo.InvariantCulture);
        return $$"""{"id":"{{id}}","status":"completed","created":"{{created}}"}""";
    }
}
