using MassTransit;
using NSubstitute;
using Podcast.Contracts;
using Podcast.Processing.TaskKinds;
using Podcast.Testing;
using static Podcast.Processing.Tests.AnEarlierTask;

namespace Podcast.Processing.Tests;

/// <summary>The same order twice makes one task as well, whoever repeated it: a second POST would be visible.</summary>
public sealed class Delivering_it_again
{
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
        await Told(context);
    }

    [Fact]
    public async Task repeated_delivery_waits_for_a_request_that_may_be_out()
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
        await Told(context);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    public async Task message_of_another_time_looks_for_its_task_first(double hoursLater)
    {
        await using var worker = await Worker(list: $"[{Made}]");
        worker.Clock.Advance(TimeSpan.FromHours(hoursLater));

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
    public async Task unconfirmed_event_is_published_again_with_the_same_id()
    {
        await using var worker = await Worker(list: "[]");
        var hindered = worker.StallPublishing<TaskStarted>();

        var (waiting, handling) = (worker.Clock.Waiting, worker.Handle(worker.ExtractAudio()));
        await Eventually.Holds(() => hindered.Count == 1 && worker.Clock.Waiting > waiting, "it waits for the confirmation");
        worker.Clock.Advance(TimeSpan.FromSeconds(30));
        var told = await handling;

        told.ShouldHaveSingleItem().ShouldBeOfType<TaskStarted>();
        worker.MessageIds<TaskStarted>().ShouldHaveSingleItem().ShouldBe(hindered.Single());
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

    private static async Task Told(ConsumeContext context)
    {
        var endpoint = await context.ReceiveContext.PublishEndpointProvider.GetPublishSendEndpoint<TaskStarted>();
        await endpoint.Received(1).Send(
            Arg.Is<TaskStarted>(started => started.IttybitTaskId == "task_1"),
            Arg.Any<IPipe<SendContext<TaskStarted>>>(), CancellationToken.None);
    }
}
