using System.Collections.Concurrent;
using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NSubstitute;
using Podcast.Contracts;
using Podcast.Ittybit;
using Podcast.Processing.TaskKinds;
using Podcast.Testing;
using static Podcast.Processing.Tests.AnEarlierTask;

namespace Podcast.Processing.Tests;

/// <summary>Once another process may have an order, no request for it starts here.</summary>
public sealed class Losing_the_delivery
{
    [Fact]
    public async Task an_order_that_waits_for_its_turn_is_given_back_when_we_stop()
    {
        await using var worker = await Worker(list: "[]");
        await CloseTheLane(worker);
        var waiting = worker.Clock.Waiting;
        await worker.Harness.Bus.Publish(worker.ExtractAudio(attempt: 2));
        await Eventually.Holds(() => worker.Clock.Waiting > waiting + 1, "the order waits for its turn");

        var stopping = ((IBusControl)worker.Harness.Bus).StopAsync();
        await Eventually.Holds(() => stopping.IsCompleted, "the bus stops without it");
        worker.Clock.Advance(TimeSpan.FromMinutes(1));

        worker.Ittybit.Posts.Count().ShouldBe(1, "only the first was sent");
    }

    [Fact]
    public async Task a_request_that_is_out_comes_to_its_end()
    {
        await using var worker = await Worker(list: "[]");
        var accepted = new TaskCompletionSource();
        worker.Ittybit.On("POST /tasks", Reply.After(accepted.Task, Reply.Json(Made, 201)));
        await worker.Harness.Bus.Publish(worker.ExtractAudio());
        await Eventually.Holds(() => worker.Ittybit.Posts.Any(), "the request is out");

        var stopping = ((IBusControl)worker.Harness.Bus).StopAsync();
        accepted.SetResult();
        await stopping;

        worker.Told.ShouldHaveSingleItem().ShouldBeOfType<TaskStarted>();
    }

    [Fact]
    public async Task an_order_whose_channel_is_gone_while_it_waits_sends_nothing()
    {
        await using var worker = await Worker(list: "[]");
        var (accepted, channel) = (new TaskCompletionSource(), Channel());
        worker.Ittybit.On("POST /tasks", Reply.After(accepted.Task, Reply.Json("{}", 500)), Reply.Json(Made, 201));
        using var delivery = new CancellationTokenSource();

        var first = worker.Consumer<ExtractAudioConsumer>().Consume(Delivery(worker, worker.ExtractAudio(), Channel()));
        await Eventually.Holds(() => worker.Ittybit.Posts.Any(), "the first is out");
        var copy = worker.Consumer<ExtractAudioConsumer>().Consume(Delivery(worker, worker.ExtractAudio(), channel, cancellationToken: delivery.Token));
        channel.Channel.IsClosed.Returns(true); // the delivery's token comes later
        channel.Channel.When(it => _ = it.IsClosed).Do(_ => delivery.Cancel());
        accepted.SetResult();
        await first;
        await Should.ThrowAsync<OperationCanceledException>(copy);

        worker.Ittybit.Posts.Count().ShouldBe(1);
    }

    [Fact]
    public async Task takeover_waits_for_the_request_the_other_may_have_sent()
    {
        var wait = TimeSpan.FromSeconds(37);
        Timers? timers = null;
        await using var worker = await ProcessingScenario.Start(
            services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(
                timers = new Timers((ManualClock)services.Single(it => it.ServiceType == typeof(TimeProvider)).ImplementationInstance!))),
            ("Processing:LookAfter", $"{wait}"));
        worker.Ittybit.On("GET /tasks", Reply.Json($"[{Made}]"));
        var (channel, again) = (Channel(), worker.ExtractAudio(again: true));

        var consuming = worker.Consumer<ExtractAudioConsumer>().Consume(Delivery(worker, again, channel));
        await Eventually.Holds(() => timers!.All.Contains(wait), "it waits");
        worker.Ittybit.Requests.ShouldBeEmpty();
        worker.Clock.Advance(wait);
        await consuming;
        await worker.Consumer<ExtractAudioConsumer>().Consume(Delivery(worker, again, channel));

        worker.Ittybit.Requests.Select(request => request.Line).ShouldBe(["GET /tasks", "GET /tasks"]);
        timers!.All.Count(timer => timer == wait).ShouldBe(1, "once for each taking over");
    }

    [Theory]
    [InlineData(130, 7 * 60, "POST /tasks")]
    [InlineData(110, 7 * 60, "GET /tasks")] // the process that had the queue may have had a copy, if the clocks differ
    [InlineData(130, 9 * 60, "GET /tasks")] // a copy may be forgotten
    [InlineData(130, -60, "GET /tasks")] // the clocks differ
    public async Task order_that_waits_in_our_own_queue_is_new(int sentAfter, int waits, string request)
    {
        await using var worker = await ProcessingScenario.Start(("Processing:FreshFor", "00:00:02"));
        worker.Ittybit.On("GET /tasks", Reply.Json($"[{Made}]"));
        worker.Ittybit.On("POST /tasks", Reply.Json(Made, 201));
        var (channel, taken) = (Channel(), worker.Clock.GetUtcNow());
        await worker.Consumer<ExtractAudioConsumer>().Consume(Delivery(worker, worker.ExtractAudio(), channel));

        var sent = taken.AddSeconds(sentAfter);
        worker.Clock.Advance(sent.AddSeconds(waits) - taken);
        await worker.Consumer<ExtractAudioConsumer>().Consume(Delivery(worker, worker.ExtractAudio(attempt: 2), channel, sent: sent));

        worker.Ittybit.Requests.ElementAt(1).Line.ShouldBe(request);
    }

    [Fact]
    public void takeover_wait_is_longer_than_a_request_may_take() =>
        new ProcessingOptions().LookAfter.ShouldBeGreaterThan(new IttybitOptions().CreateTimeout);

    private static async Task CloseTheLane(ProcessingScenario worker)
    {
        worker.Ittybit.On("POST /tasks", Reply.Json("{}", 429, ("Retry-After", "5")), Reply.Json(Made, 201));
        (await worker.Handle(worker.ExtractAudio())).ShouldHaveSingleItem().ShouldBeOfType<TaskDeferred>();
    }

    private static ChannelContext Channel()
    {
        var channel = Substitute.For<ChannelContext>();
        channel.Channel.IsClosed.Returns(false);
        return channel;
    }

    private static ConsumeContext<ExtractAudio> Delivery(
        ProcessingScenario worker, ExtractAudio order, ChannelContext channel, DateTimeOffset? sent = null,
        CancellationToken cancellationToken = default)
    {
        var context = Substitute.For<ConsumeContext<ExtractAudio>>();
        context.Message.Returns(order);
        context.SentTime.Returns((sent ?? worker.Clock.GetUtcNow()).UtcDateTime);
        context.CancellationToken.Returns(cancellationToken);
        context.TryGetPayload(out Arg.Any<ChannelContext>()!).Returns(call =>
        {
            call[0] = channel;
            return true;
        });
        return context;
    }

    /// <summary>The clock, and how long everybody wanted to wait by it.</summary>
    private sealed class Timers(ManualClock clock) : TimeProvider
    {
        public ConcurrentQueue<TimeSpan> All { get; } = new();

        public override long TimestampFrequency => clock.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

        public override long GetTimestamp() => clock.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            All.Enqueue(dueTime);
            return clock.CreateTimer(callback, state, dueTime, period);
        }
    }
}
