using Podcast.Contracts;
using Podcast.Testing;
using static Podcast.Processing.Tests.AnEarlierTask;

namespace Podcast.Processing.Tests;

/// <summary>(Episode, task, attempt) names at most one task at Ittybit: a second POST would be visible.</summary>
public sealed class Submitting_it_again
{
    [Fact]
    public async Task the_first_delivery_just_asks()
    {
        await using var worker = await Worker(list: "[]");

        await worker.Handle(worker.ExtractAudio());

        worker.Ittybit.Requests.ShouldHaveSingleItem().Line.ShouldBe("POST /tasks");
    }

    [Fact]
    public async Task an_order_that_says_again_finds_its_task_by_reference()
    {
        await using var worker = await Worker(list: $"[{Other},{Made}]");

        var told = await worker.Handle(worker.ExtractAudio(again: true));

        told.ShouldHaveSingleItem().ShouldBeOfType<TaskStarted>().IttybitTaskId.ShouldBe("task_1");
        worker.Ittybit.Posts.ShouldBeEmpty();
        worker.Ittybit.Requests.ShouldHaveSingleItem().Query.ShouldContain("kind=audio");
    }

    [Fact]
    public async Task a_task_whose_answer_got_lost_is_found_at_once()
    {
        await using var worker = await Worker(list: "[]");
        worker.Ittybit.On("POST /tasks", Reply.HangUp);
        worker.Ittybit.On("GET /tasks", Reply.Json("{}", 503), Reply.HangUp, Reply.Json($"[{Other},{Made}]"));

        var told = await worker.Handle(worker.ExtractAudio());

        told.ShouldHaveSingleItem().ShouldBeOfType<TaskStarted>().IttybitTaskId.ShouldBe("task_1");
        worker.Ittybit.Requests.Select(request => request.Line).ShouldBe(["POST /tasks", "GET /tasks", "GET /tasks", "GET /tasks"]);
    }

    [Fact]
    public async Task task_is_found_by_callback_where_no_reference_is_echoed()
    {
        await using var worker = await Worker(list: "[]");
        worker.Ittybit.On("GET /tasks", Reply.Json($$"""[{"id":"task_7","status":"pending","webhook_url":"{{worker.Callback()}}?traceparent=00-1-2-01"}]"""));

        var told = await worker.Handle(worker.ExtractAudio(again: true));

        told.ShouldHaveSingleItem().ShouldBeOfType<TaskStarted>().IttybitTaskId.ShouldBe("task_7");
        worker.Ittybit.Posts.ShouldBeEmpty();
    }

    [Fact]
    public async Task it_looks_through_several_pages()
    {
        await using var worker = await Worker(list: "[]");
        worker.Ittybit.On("GET /tasks", Reply.Json($"[{Other}]"), Reply.Json($"[{Made}]"));

        await worker.Handle(worker.ExtractAudio(again: true));

        worker.Ittybit.Posts.ShouldBeEmpty();
        worker.Ittybit.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task a_server_that_knows_no_pages_does_not_keep_it_looking()
    {
        await using var worker = await Worker(list: $"[{Other}]");

        await worker.Handle(worker.ExtractAudio(again: true));

        worker.Ittybit.Requests.Select(request => request.Line).ShouldBe(["GET /tasks", "GET /tasks", "POST /tasks"]);
    }

    [Fact]
    public async Task what_is_not_there_is_made_once()
    {
        await using var worker = await Worker(list: $"[{Other}]");

        var told = await worker.Handle(worker.ExtractAudio(again: true));

        told.ShouldHaveSingleItem().ShouldBeOfType<TaskStarted>();
        worker.Ittybit.Posts.Count().ShouldBe(1);
    }

    [Fact]
    public async Task the_task_of_an_earlier_attempt_is_passed_over()
    {
        await using var worker = await Worker(list: $"[{Made}]");

        await worker.Handle(worker.ExtractAudio(again: true, known: "task_1"));

        worker.Ittybit.Posts.Count().ShouldBe(1);
    }

    [Fact]
    public async Task a_task_that_has_ended_meanwhile_is_told_with_its_end()
    {
        await using var worker = await Worker(
            list: $$"""[{"id":"task_1","status":"completed","ref":"{{Reference}}","output":{"id":"file_9"} }]""");

        var told = await worker.Handle(worker.ExtractAudio(again: true));

        told.Count.ShouldBe(2);
        told[1].ShouldBeOfType<TaskCompleted>().Output.FileId.ShouldBe("file_9");
    }

    [Fact]
    public async Task an_unknown_outcome_is_looked_up_by_the_next_order()
    {
        await using var worker = await Worker(list: "[]");
        worker.Ittybit.On("POST /tasks", Reply.HangUp);
        worker.Ittybit.On("GET /tasks", Reply.Json("[]"), Reply.Json($"[{Made}]")); // it takes Ittybit long

        (await worker.Handle(worker.ExtractAudio())).ShouldHaveSingleItem().ShouldBeOfType<TaskFailed>().Transient.ShouldBeTrue();
        var told = await worker.Handle(worker.ExtractAudio(again: true));

        told.ShouldHaveSingleItem().ShouldBeOfType<TaskStarted>().IttybitTaskId.ShouldBe("task_1");
        worker.Ittybit.Posts.Count().ShouldBe(1);
    }

    [Fact]
    public async Task doubt_after_a_lost_answer_is_the_reason()
    {
        await using var worker = await Worker(list: "[]");
        worker.Ittybit.On("POST /tasks", Reply.HangUp);
        worker.Ittybit.On("GET /tasks", Reply.Json("[7]"), Reply.Json("[]"));

        var failed = (await worker.Handle(worker.ExtractAudio())).ShouldHaveSingleItem().ShouldBeOfType<TaskFailed>();

        (failed.Transient, failed.Reason).ShouldBe((true, "Nothing on a page of Ittybit's list of tasks can be read."));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task not_knowing_is_no_reason_to_make_a_second_one(int status)
    {
        await using var worker = await Worker(list: "[]");
        worker.Ittybit.On("GET /tasks", Reply.Json("""{"error":{"message":"no list"}}""", status));

        var told = await worker.Handle(worker.ExtractAudio(again: true));

        told.ShouldHaveSingleItem().ShouldBeOfType<TaskFailed>().Transient.ShouldBeTrue();
        worker.Ittybit.Posts.ShouldBeEmpty();
    }

    [Fact]
    public async Task looking_waits_as_well_when_ittybit_takes_no_requests()
    {
        await using var worker = await Worker(list: "[]");
        worker.Ittybit.On("GET /tasks", Reply.Json("{}", 429, ("Retry-After", "12")));

        var told = await worker.Handle(worker.ExtractAudio(again: true));

        told.ShouldHaveSingleItem().ShouldBeOfType<TaskDeferred>().Until.ShouldBe(worker.Clock.GetUtcNow() + TimeSpan.FromSeconds(12));
        worker.Ittybit.Posts.ShouldBeEmpty();
    }
}
