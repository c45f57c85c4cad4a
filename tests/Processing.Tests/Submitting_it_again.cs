using MassTransit;
using NSubstitute;
using Podcast.Contracts;
using Podcast.Processing.Submitting;
using Podcast.Testing;

namespace Podcast.Processing.Tests;

/// <summary>(Episode, task, attempt) names at most one task at Ittybit: a second POST would be visible.</summary>
public sealed class Submitting_it_again
{
    private const string Reference = "podcast_audio-9b1f4c4e5e8a4f0f8e3a7c2b9d3f1e2a-1";
    private const string Made = $$"""{"id":"task_1","kind":"audio","status":"processing","options":{"ref":"{{Reference}}"} }""";
    private const string Other = """{"id":"task_0","kind":"audio","status":"processing","ref":"podcast_audio-00000000000000000000000000000000-1"}""";

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
    public async Task it_finds_its_task_by_callback_where_no_reference_is_echoed()
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
    public async Task the_number_of_pages_is_bounded()
    {
        await using var worker = await Worker(list: "[]");
        worker.Ittybit.On("GET /tasks", [.. Enumerable.Range(0, 9).Select(n => Reply.Json($$"""[{"id":"task_x{{n}}","status":"completed"}]"""))]);

        await worker.Handle(worker.ExtractAudio(again: true));

        worker.Ittybit.Requests.Count(request => request.Line == "GET /tasks").ShouldBe(5);
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
    public async Task a_delivery_that_was_put_back_looks_first()
    {
        await using var worker = await Worker(list: $"[{Made}]");

        await worker.Handle(worker.ExtractAudio(), context => context.Headers.Set(MessageHeaders.RedeliveryCount, 1));

        worker.Ittybit.Posts.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_delivery_that_the_broker_repeats_looks_first()
    {
        await using var worker = await Worker(list: $"[{Made}]");
        var context = Substitute.For<ConsumeContext<ExtractAudio>>();
        context.Message.Returns(worker.ExtractAudio());
        context.SentTime.Returns(worker.Clock.GetUtcNow().UtcDateTime);
        context.ReceiveContext.Redelivered.Returns(true);

        await worker.Consumer<ExtractAudioConsumer>().Consume(context);

        worker.Ittybit.Posts.ShouldBeEmpty();
        await context.Received(1).Publish(Arg.Is<TaskStarted>(started => started.IttybitTaskId == "task_1"), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task a_delivery_that_the_broker_repeats_waits_for_what_may_be_on_its_way()
    {
        await using var worker = await ProcessingScenario.Start(("Processing:LookAfter", "00:00:02"));
        worker.Ittybit.On("GET /tasks", Reply.Json($"[{Made}]"));
        var context = Substitute.For<ConsumeContext<ExtractAudio>>();
        context.Message.Returns(worker.ExtractAudio());
        context.ReceiveContext.Redelivered.Returns(true);

        var waiting = worker.Clock.Waiting;
        var consuming = worker.Consumer<ExtractAudioConsumer>().Consume(context);
        await Eventually.Holds(() => worker.Clock.Waiting > waiting, "it waits");
        worker.Ittybit.Requests.ShouldBeEmpty();
        worker.Clock.Advance(TimeSpan.FromSeconds(2));
        await consuming;

        worker.Ittybit.Posts.ShouldBeEmpty();
        await context.Received(1).Publish(Arg.Is<TaskStarted>(started => started.IttybitTaskId == "task_1"), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task a_message_that_was_long_on_its_way_may_be_a_copy_and_looks_first()
    {
        await using var worker = await Worker(list: $"[{Made}]");
        worker.Clock.Advance(TimeSpan.FromSeconds(60));

        await worker.Handle(worker.ExtractAudio());

        worker.Ittybit.Posts.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_retry_after_the_broker_failed_us_finds_the_task_it_made()
    {
        await using var worker = await Worker(list: $"[{Made}]");
        worker.BreakPublishing<TaskStarted>(times: 1);

        var told = await worker.Handle(worker.ExtractAudio());

        told.ShouldHaveSingleItem().ShouldBeOfType<TaskStarted>().IttybitTaskId.ShouldBe("task_1");
        worker.Ittybit.Posts.Count().ShouldBe(1);
    }

    [Fact]
    public async Task two_copies_at_the_same_moment_make_one_task()
    {
        await using var worker = await Worker(list: $"[{Made}]");
        var accepted = new TaskCompletionSource();
        worker.Ittybit.On("POST /tasks", Reply.After(accepted.Task, Reply.Json(Made, 201)));

        var copies = new[] { worker.Handle(worker.ExtractAudio()), worker.Handle(worker.ExtractAudio()) };
        await Eventually.Holds(() => worker.Ittybit.Requests.Count > 0, "the first request is there");
        accepted.SetResult();
        await Task.WhenAll(copies);

        worker.Ittybit.Posts.Count().ShouldBe(1);
        worker.Told.Cast<TaskStarted>().Select(started => started.IttybitTaskId).ShouldBe(["task_1", "task_1"]);
    }

    [Fact]
    public async Task another_attempt_does_not_wait_for_this_one()
    {
        await using var worker = await Worker(list: "[]");
        var accepted = new TaskCompletionSource();
        worker.Ittybit.On("POST /tasks", Reply.After(accepted.Task, Reply.Json(Made, 201)));

        var both = new[] { worker.Handle(worker.ExtractAudio(attempt: 1)), worker.Handle(worker.ExtractAudio(attempt: 2)) };
        await Eventually.Holds(() => worker.Ittybit.Posts.Count() == 2, "both attempts are asked for");
        accepted.SetResult();
        await Task.WhenAll(both);
    }

    [Fact]
    public async Task an_unknown_outcome_is_looked_up_by_the_next_order()
    {
        await using var worker = await Worker(list: $"[{Made}]");
        worker.Ittybit.On("POST /tasks", Reply.HangUp);

        (await worker.Handle(worker.ExtractAudio())).ShouldHaveSingleItem().ShouldBeOfType<TaskFailed>().Transient.ShouldBeTrue();
        var told = await worker.Handle(worker.ExtractAudio(again: true));

        told.ShouldHaveSingleItem().ShouldBeOfType<TaskStarted>().IttybitTaskId.ShouldBe("task_1");
        worker.Ittybit.Posts.Count().ShouldBe(1);
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

    private static async Task<ProcessingScenario> Worker(string list)
    {
        var worker = await ProcessingScenario.Start();
        worker.Ittybit.On("POST /tasks", Reply.Json(Made, 201));
        worker.Ittybit.On("GET /tasks", Reply.Json(list));
        return worker;
    }
}
