using MassTransit;
using Microsoft.Extensions.Options;
using NSubstitute;
using NSubstitute.ExceptionExtensions;
using Podcast.Contracts;
using Podcast.Processing.Submitting;
using Podcast.Testing;

namespace Podcast.Processing.Tests;

/// <summary>Ittybit accepts the tasks of an episode at almost the same time.</summary>
public sealed class Telling_of_started_tasks
{
    private static readonly StartedTask audio = new(TaskKind.AudioExtraction, 1, "task_1");
    private static readonly StartedTask video = new(TaskKind.VideoTranscode, 2, "task_2");

    private readonly Guid episode = Guid.NewGuid();
    private readonly ManualClock clock = new();
    private readonly ProcessingOptions options = new();
    private readonly StartedTasks started;

    public Telling_of_started_tasks() => started = new StartedTasks(Options.Create(options), clock);

    [Fact]
    public async Task one_message_brings_those_of_an_episode()
    {
        var (first, second) = (Delivery(), Delivery());
        var telling = new[] { started.Tell(first, episode, audio), started.Tell(second, episode, video) };

        clock.Advance(options.StartedDelay);
        await Task.WhenAll(telling);

        Told(first).ShouldHaveSingleItem().Tasks().ShouldBe([audio, video]);
        Told(second).ShouldBeEmpty();
    }

    [Fact]
    public async Task message_brings_no_task_of_another_episode()
    {
        var (first, second) = (Delivery(), Delivery());
        var telling = new[] { started.Tell(first, episode, audio), started.Tell(second, Guid.NewGuid(), video) };

        clock.Advance(options.StartedDelay);
        await Task.WhenAll(telling);

        Told(first).ShouldHaveSingleItem().Others.ShouldBeNull();
        Told(second).ShouldHaveSingleItem().Tasks().ShouldBe([video]);
    }

    [Fact]
    public async Task task_after_the_message_has_one_of_its_own()
    {
        options.StartedDelay = TimeSpan.Zero;
        var (first, second) = (Delivery(), Delivery());

        await started.Tell(first, episode, audio);
        await started.Tell(second, episode, video);

        Told(first).ShouldHaveSingleItem().Tasks().ShouldBe([audio]);
        Told(second).ShouldHaveSingleItem().Tasks().ShouldBe([video]);
    }

    [Fact]
    public async Task failed_message_is_replaced_by_one_for_each()
    {
        var (first, second) = (Delivery(), Delivery());
        Endpoint(first).Send(Arg.Any<TaskStarted>(), Arg.Any<IPipe<SendContext<TaskStarted>>>(), Arg.Any<CancellationToken>())
            .ThrowsAsync(new InvalidOperationException("The broker is away."));
        var (fails, tells) = (started.Tell(first, episode, audio), started.Tell(second, episode, video));

        clock.Advance(options.StartedDelay);
        await Should.ThrowAsync<InvalidOperationException>(fails);
        await tells;

        Told(second).ShouldHaveSingleItem().Tasks().ShouldBe([video]);
    }

    [Fact]
    public async Task lost_delivery_does_not_hold_up_the_others()
    {
        using var lost = new CancellationTokenSource();
        var (first, second) = (Delivery(lost.Token), Delivery());
        var (ends, tells) = (started.Tell(first, episode, audio), started.Tell(second, episode, video));

        await lost.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(ends);
        await tells;

        Told(second).ShouldHaveSingleItem().Tasks().ShouldBe([video]);
    }

    private static ConsumeContext Delivery(CancellationToken cancellationToken = default)
    {
        var context = Substitute.For<ConsumeContext>();
        context.CancellationToken.Returns(cancellationToken);
        return context;
    }

    private static ISendEndpoint Endpoint(ConsumeContext context) =>
        context.ReceiveContext.PublishEndpointProvider.GetPublishSendEndpoint<TaskStarted>().Result;

    private static List<TaskStarted> Told(ConsumeContext context) =>
        [.. Endpoint(context).ReceivedCalls().Select(call => call.GetArguments()[0]).OfType<TaskStarted>()];
}
