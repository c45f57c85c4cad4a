using System.Collections.Concurrent;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Podcast.Hosting.Tests.Sample;

namespace Podcast.Hosting.Tests.Bus;

/// <summary>One of them may kill the process that handles it, and the others may only have been in the same process.</summary>
public sealed class When_messages_come_back_again_and_again
{
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(1);

    private readonly ManualClock clock = new();
    private readonly Desk desk = new();

    [Fact]
    public async Task they_are_handled_one_at_a_time_in_all_queues()
    {
        await using var host = await Start();

        await Publish(host, "a", 3);
        await Publish(host, "b", 7);
        await Wait(deliveries: 4);
        for (var handled = 1; handled <= 4; handled++)
        {
            await desk.Begins(handled);
            clock.Advance(Spread);
            desk.Begun.Count.ShouldBe(handled);
            desk.Finish();
        }
    }

    [Fact]
    public async Task the_first_of_the_queue_is_not_always_handled_first()
    {
        await using var host = await Start(queues: 1);
        var firsts = new HashSet<string>();

        for (var round = 1; firsts.Count < 2; round++)
        {
            round.ShouldBeLessThan(40, "rounds in which the same one was first");
            await Publish(host, "killer", 3);
            await Publish(host, "neighbour", 3);
            await Wait(deliveries: 2);
            await desk.Begins((2 * round) - 1);
            firsts.Add(desk.Begun[^1]);
            desk.Finish();
            await desk.Begins(2 * round);
            desk.Finish();
            await Eventually.Holds(() => clock.Waiting == 0, "both are handled");
        }
    }

    [Fact]
    public async Task others_do_not_wait_for_them()
    {
        await using var host = await Start(queues: 1);
        await Publish(host, "suspect", 3);
        await Wait(deliveries: 1);
        await desk.Begins(1);

        await Publish(host, "redelivered", 2);
        await Publish(host, "new", null);

        await desk.Begins(3);
    }

    [Fact]
    public async Task one_that_takes_long_lets_the_next_begin()
    {
        await using var host = await Start(queues: 1);
        await Publish(host, "slow", 3);
        await Publish(host, "also slow", 3);
        await Wait(deliveries: 2);
        await desk.Begins(1);

        clock.Advance(TimeSpan.FromSeconds(10));

        await desk.Begins(2);
    }

    [Fact]
    public async Task the_brokers_count_is_what_counts()
    {
        await using var broker = await RabbitMqServer.CreateVirtualHost();
        var settings = new KeyValuePair<string, string?>("ConnectionStrings:RabbitMq", broker.ConnectionString);
        await using (var migrator = SampleHost.Build(bus => Add(bus, queues: 1), settings))
            (await migrator.Run("migrate")).ShouldBe(0);
        await broker.Publish("podcast.whisper", """{"name":"a"}""", new { content_type = "application/json" });
        await broker.Publish("podcast.whisper", """{"name":"b"}""", new { content_type = "application/json" });
        for (var delivery = 1; delivery <= 3; delivery++)
            await Eventually.Holds(() => broker.PutBack("queue-1", 2), $"delivery {delivery}");

        await using var host = await SampleHost.StartOn(broker.ConnectionString, bus => Add(bus, queues: 1));

        await Wait(deliveries: 2);
        await desk.Begins(1);
        desk.Finish();
        await desk.Begins(2);
    }

    private async Task<SampleHost> Start(int queues = 2)
    {
        var host = SampleHost.Build(bus => Add(bus, queues));
        await host.Start();
        return host;
    }

    private void Add(IBusRegistrationConfigurator bus, int queues)
    {
        bus.AddSingleton<TimeProvider>(clock);
        bus.AddSingleton(desk);
        bus.AddConsumer<First>().Endpoint(endpoint => endpoint.Name = "queue-1");
        if (queues > 1)
            bus.AddConsumer<Second>().Endpoint(endpoint => endpoint.Name = "queue-2");
    }

    /// <summary>As a quorum queue delivers it.</summary>
    private static Task Publish(SampleHost host, string name, int? count) =>
        host.Bus.Publish(new Whisper(name), context => context.Headers.Set("x-delivery-count", count));

    /// <summary>Until so many stand back for a moment; lets that pass.</summary>
    private async Task Wait(int deliveries)
    {
        await Eventually.Holds(() => clock.Waiting == deliveries, $"{deliveries} deliveries wait; {clock.Waiting} do");
        clock.Advance(Spread);
    }

    /// <summary>Where handling begins when it may and ends when it is told to.</summary>
    private sealed class Desk
    {
        private readonly ConcurrentQueue<string> begun = [];
        private readonly SemaphoreSlim finishing = new(0);

        public IReadOnlyList<string> Begun => [.. begun];

        public Task Begins(int count) => Eventually.Holds(() => begun.Count >= count, $"handling of {count}; begun are {string.Join(", ", begun)}");

        public void Finish() => finishing.Release();

        public Task Handle(ConsumeContext<Whisper> context)
        {
            begun.Enqueue(context.Message.Name);
            return finishing.WaitAsync(context.CancellationToken);
        }
    }

    private sealed class First(Desk desk) : IConsumer<Whisper>
    {
        public Task Consume(ConsumeContext<Whisper> context) => desk.Handle(context);
    }

    private sealed class Second(Desk desk) : IConsumer<Whisper>
    {
        public Task Consume(ConsumeContext<Whisper> context) => desk.Handle(context);
    }
}
