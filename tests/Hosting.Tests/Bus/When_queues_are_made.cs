using MassTransit;
using Podcast.Hosting.Tests.Sample;

namespace Podcast.Hosting.Tests.Bus;

public sealed class When_queues_are_made : IAsyncLifetime
{
    private RabbitMqVirtualHost broker = null!;

    public async Task InitializeAsync() => broker = await RabbitMqServer.CreateVirtualHost();

    public async Task DisposeAsync() => await broker.DisposeAsync();

    [Fact]
    public async Task endpoints_have_one_queue_and_one_error_queue_each()
    {
        await using var host = await SampleHost.StartOn(broker.ConnectionString);

        (await broker.Queues()).Order().ShouldBe(["say-hello", "say-hello_error"]);
    }

    [Fact]
    public async Task queues_are_quorum_queues_that_drop_nothing_silently()
    {
        await using var host = await SampleHost.StartOn(broker.ConnectionString);

        var queue = (await broker.Queue("say-hello"))!.Value;
        queue.GetProperty("type").GetString().ShouldBe("quorum");
        var arguments = queue.GetProperty("arguments");
        arguments.GetProperty("x-delivery-limit").GetInt32().ShouldBe(20);
        arguments.GetProperty("x-dead-letter-exchange").GetString().ShouldBe("say-hello_error");
        arguments.GetProperty("x-dead-letter-strategy").GetString().ShouldBe("at-least-once");

        var errors = (await broker.Queue("say-hello_error"))!.Value;
        errors.GetProperty("type").GetString().ShouldBe("quorum");
        errors.GetProperty("arguments").TryGetProperty("x-dead-letter-exchange", out _).ShouldBeFalse();
        errors.GetProperty("arguments").GetProperty("x-delivery-limit").GetInt32().ShouldBeGreaterThan(100_000);
    }

    [Fact]
    public async Task prefetch_count_of_each_queue_is_what_the_options_say()
    {
        await using var host = await SampleHost.StartOn(
            broker.ConnectionString,
            bus =>
            {
                bus.AddSample();
                bus.AddConsumer<Listener>().Endpoint(endpoint => endpoint.Name = "other");
            },
            new("Bus:PrefetchCount", "7"), new("Bus:Endpoints:SayHello:PrefetchCount", "3"));

        await Prefetches("say-hello", 3);
        await Prefetches("other", 7);
    }

    [Fact]
    public async Task temporary_queue_is_classic_and_expires()
    {
        await using var host = await SampleHost.StartOn(broker.ConnectionString, bus =>
        {
            bus.AddSample();
            bus.AddConsumer<Listener>().Endpoint(endpoint => (endpoint.Name, endpoint.Temporary) = ("listener", true));
        });

        var listener = (await broker.Queue("listener"))!.Value;
        listener.GetProperty("type").GetString().ShouldBe("classic");
        listener.GetProperty("arguments").TryGetProperty("x-expires", out _).ShouldBeTrue();
    }

    private Task Prefetches(string queue, int count) => Eventually.Holds(
        async () => (await broker.Queue(queue))!.Value.GetProperty("consumer_details") is var consumers
            && consumers.GetArrayLength() == 1 && consumers[0].GetProperty("prefetch_count").GetInt32() == count,
        $"{queue} prefetches {count}");

    private sealed class Listener : IConsumer<Hello>
    {
        public Task Consume(ConsumeContext<Hello> context) => Task.CompletedTask;
    }
}
