using System.Collections.Concurrent;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NSubstitute;
using Podcast.Contracts;
using Podcast.Testing;

namespace Podcast.Throttling.Tests;

/// <summary>Whoever waits for the lane hears of it all the same, or would wait for an hour.</summary>
public sealed class When_an_opening_was_not_told
{
    [Fact]
    public async Task because_its_process_died_another_tells_it_once()
    {
        await using var fleet = await Fleet.Start();
        await Pause(fleet);
        var opened = fleet.Clock.GetUtcNow();
        await fleet.Lane().Resume("olga", "paid", default); // this process has no bus: it is as good as dead
        var other = new Telling(fleet);

        await other.Publisher.StartAsync(default);
        await Eventually.Holds(
            () =>
            {
                fleet.Clock.Advance(TimeSpan.FromSeconds(10));
                return !other.Told.IsEmpty;
            },
            "it is told");
        await other.Publisher.StopAsync(default);
        await other.Lane.Publisher.PublishMissed(default);

        other.Told.ShouldHaveSingleItem().ShouldBe(new LaneChanged("ittybit", LaneState.Open, null, "olga", opened));
    }

    [Fact]
    public async Task because_the_broker_was_away_it_is_told_when_it_is_back()
    {
        await using var fleet = await Fleet.Start();
        await Pause(fleet);
        var process = new Telling(fleet);
        process.IsAway = true;
        await process.Lane.Resume("olga", "paid", default);
        await process.Lane.Publisher.PublishMissed(default);
        process.Told.ShouldBeEmpty();

        process.IsAway = false;
        await process.Lane.Publisher.PublishMissed(default);

        process.Told.ShouldHaveSingleItem().State.ShouldBe(LaneState.Open);
    }

    [Fact]
    public async Task missed_opening_is_not_told_once_the_lane_is_paused_again()
    {
        await using var fleet = await Fleet.Start();
        await Pause(fleet);
        await fleet.Lane().Resume("olga", "paid", default);
        fleet.Clock.Advance(TimeSpan.FromSeconds(1));
        await Pause(fleet);
        var other = new Telling(fleet);

        await other.Lane.Publisher.PublishMissed(default);

        other.Told.ShouldBeEmpty();
    }

    [Fact]
    public async Task but_was_told_at_once_it_is_not_told_again()
    {
        await using var fleet = await Fleet.Start();
        await Pause(fleet);
        var process = new Telling(fleet);

        await process.Lane.Resume("olga", "paid", default);
        process.Told.Count.ShouldBe(1);
        await process.Lane.Publisher.PublishMissed(default);

        process.Told.Count.ShouldBe(1);
    }

    private static async Task Pause(Fleet fleet)
    {
        fleet.Provider.Answers(402);
        await fleet.FailedCall();
    }

    /// <summary>A process with a bus, whose broker may be away.</summary>
    private sealed class Telling
    {
        private readonly ServiceProvider services;

        public Telling(Fleet fleet)
        {
            var bus = Substitute.For<IBus>();
            bus.Publish(Arg.Any<object>(), Arg.Any<Type>(), Arg.Any<IPipe<PublishContext>>(), Arg.Any<CancellationToken>())
                .Returns(call => Publish((LaneChanged)call[0]));
            services = fleet.Add(with => with.AddSingleton(bus));
        }

        public ProviderThrottle Lane => services.GetRequiredKeyedService<ProviderThrottle>("ittybit");

        public LaneChangePublisher Publisher => services.GetServices<IHostedService>().OfType<LaneChangePublisher>().Single();

        public ConcurrentQueue<LaneChanged> Told { get; } = [];

        public bool IsAway { get; set; }

        private Task Publish(LaneChanged change)
        {
            if (IsAway)
                return Task.FromException(new IOException("The broker is away."));

            Told.Enqueue(change);
            return Task.CompletedTask;
        }
    }
}
