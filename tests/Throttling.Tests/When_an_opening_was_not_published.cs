using System.Collections.Concurrent;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NSubstitute;
using Podcast.Contracts;
using Podcast.Testing;

namespace Podcast.Throttling.Tests;

/// <summary>Whoever waits for the lane hears of it all the same, or would wait for an hour.</summary>
public sealed class When_an_opening_was_not_published
{
    [Fact]
    public async Task another_process_publishes_it_once_if_the_first_died()
    {
        await using var fleet = await Fleet.Start();
        await Pause(fleet);
        var opened = fleet.Clock.GetUtcNow();
        await fleet.Lane().Resume("olga", "paid", default); // this process has no bus: it is as good as dead
        var other = new ProcessWithBus(fleet);

        await other.Publisher.StartAsync(default);
        await Eventually.Holds(
            () =>
            {
                fleet.Clock.Advance(TimeSpan.FromSeconds(10));
                return !other.Published.IsEmpty;
            },
            "it is published");
        await other.Publisher.StopAsync(default);
        await other.Lane.Publisher.PublishMissed(default);

        other.Published.ShouldHaveSingleItem().ShouldBe(new LaneChanged("ittybit", LaneState.Open, null, "olga", opened));
    }

    [Fact]
    public async Task opening_is_published_when_the_broker_is_back()
    {
        await using var fleet = await Fleet.Start();
        await Pause(fleet);
        var process = new ProcessWithBus(fleet);
        process.IsAway = true;
        await process.Lane.Resume("olga", "paid", default);
        await process.Lane.Publisher.PublishMissed(default);
        process.Published.ShouldBeEmpty();

        process.IsAway = false;
        await process.Lane.Publisher.PublishMissed(default);

        process.Published.ShouldHaveSingleItem().State.ShouldBe(LaneState.Open);
    }

    [Fact]
    public async Task missed_opening_is_not_published_once_paused_again()
    {
        await using var fleet = await Fleet.Start();
        await Pause(fleet);
        await fleet.Lane().Resume("olga", "paid", default);
        fleet.Clock.Advance(TimeSpan.FromSeconds(1));
        await Pause(fleet);
        var other = new ProcessWithBus(fleet);

        await other.Lane.Publisher.PublishMissed(default);

        other.Published.ShouldBeEmpty();
    }

    [Fact]
    public async Task opening_that_was_published_at_once_is_not_repeated()
    {
        await using var fleet = await Fleet.Start();
        await Pause(fleet);
        var process = new ProcessWithBus(fleet);

        await process.Lane.Resume("olga", "paid", default);
        process.Published.Count.ShouldBe(1);
        await process.Lane.Publisher.PublishMissed(default);

        process.Published.Count.ShouldBe(1);
    }

    private static async Task Pause(Fleet fleet)
    {
        fleet.Provider.Answers(402);
        await fleet.FailedCall();
    }

    /// <summary>A process with a bus, whose broker may be away.</summary>
    private sealed class ProcessWithBus
    {
        private readonly ServiceProvider services;

        public ProcessWithBus(Fleet fleet)
        {
            var bus = Substitute.For<IBus>();
            bus.Publish(Arg.Any<object>(), Arg.Any<Type>(), Arg.Any<IPipe<PublishContext>>(), Arg.Any<CancellationToken>())
                .Returns(call => Publish((LaneChanged)call[0]));
            services = fleet.Add(with => with.AddSingleton(bus));
        }

        public ProviderThrottle Lane => services.GetRequiredKeyedService<ProviderThrottle>("ittybit");

        public LaneChangePublisher Publisher => services.GetServices<IHostedService>().OfType<LaneChangePublisher>().Single();

        public ConcurrentQueue<LaneChanged> Published { get; } = [];

        public bool IsAway { get; set; }

        private Task Publish(LaneChanged change)
        {
            if (IsAway)
                return Task.FromException(new IOException("The broker is away."));

            Published.Enqueue(change);
            return Task.CompletedTask;
        }
    }
}
