using MassTransit;
using Podcast.Hosting.Tests.Sample;

namespace Podcast.Hosting.Tests.Bus;

public sealed class When_a_message_cannot_be_consumed : IAsyncLifetime
{
    private RabbitMqVirtualHost broker = null!;

    public async Task InitializeAsync() => broker = await RabbitMqServer.CreateVirtualHost();

    public async Task DisposeAsync() => await broker.DisposeAsync();

    [Fact]
    public async Task failed_message_is_in_the_error_queue_with_its_reason()
    {
        await using var host = await SampleHost.StartOn(broker.ConnectionString);

        await host.Bus.Publish(new Hello("nobody"), context => context.SetPriority(3));

        var properties = (await broker.Awaits("say-hello_error")).GetProperty("properties");
        var headers = properties.GetProperty("headers");
        headers.GetProperty("MT-Fault-Message").GetString().ShouldBe("There is nobody to greet.");
        headers.GetProperty("MT-Fault-ExceptionType").GetString().ShouldBe("System.InvalidOperationException");
        headers.GetProperty("MT-Fault-ConsumerType").GetString()!.ShouldEndWith("HelloConsumer");
        headers.GetProperty("MT-Reason").GetString().ShouldBe("fault");
        headers.GetProperty("Podcast-Exchange").GetString().ShouldBe("podcast.hello");
        properties.GetProperty("priority").GetInt32().ShouldBe(3);
        properties.GetProperty("delivery_mode").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task a_fault_is_published_as_well()
    {
        await using var host = await SampleHost.StartOn(broker.ConnectionString, bus =>
        {
            bus.AddSample();
            bus.AddConsumer<FaultConsumer>().Endpoint(endpoint => endpoint.Name = "faults");
        });

        await host.Bus.Publish(new Hello("nobody"));

        await host.Heard.Hears("fault of nobody");
    }

    [Fact]
    public async Task message_that_kills_consumers_goes_to_the_error_queue()
    {
        await using (var migrator = SampleHost.Build(settings: new KeyValuePair<string, string?>("ConnectionStrings:RabbitMq", broker.ConnectionString)))
            (await migrator.Run("migrate")).ShouldBe(0);
        await broker.Publish("podcast.hello", """{"name":"killer"}""", new { content_type = "application/json" });

        // As consumers do that are killed by it.
        for (var delivery = 0; delivery <= 20; delivery++)
            await Eventually.Holds(() => broker.PutBack("say-hello"), $"delivery {delivery}");

        var message = await broker.Awaits("say-hello_error");
        message.GetProperty("payload").GetString().ShouldBe("""{"name":"killer"}""");
        message.GetProperty("properties").GetProperty("headers").GetProperty("x-first-death-reason").GetString().ShouldBe("delivery_limit");
    }

    [Fact]
    public async Task it_can_be_sent_back_as_it_is()
    {
        await using var host = await SampleHost.StartOn(broker.ConnectionString);
        await broker.Publish("podcast.hello", """{"name":"nobody"}""", new { content_type = "application/json", message_id = "m-1" });
        var failed = await broker.Awaits("say-hello_error");

        await broker.Publish(
            "", failed.GetProperty("payload").GetString()!.Replace("nobody", "Ann"), failed.GetProperty("properties"), routingKey: "say-hello");

        await host.Heard.Hears("hello Ann");
        host.Heard.All.ShouldNotContain("goodbye Ann");
    }

    [Fact]
    public async Task message_of_unknown_type_goes_to_the_skipped_queue()
    {
        await using var host = await SampleHost.StartOn(broker.ConnectionString);

        await broker.Publish("say-hello", """{"name":"Ann"}""", new { content_type = "application/json" });

        await broker.Awaits("say-hello_skipped");
        (await broker.Queue("say-hello_skipped"))!.Value.GetProperty("type").GetString().ShouldBe("quorum");
        host.Heard.All.ShouldBeEmpty();
    }

    private sealed class FaultConsumer(Heard heard) : IConsumer<Fault<Hello>>
    {
        public Task Consume(ConsumeContext<Fault<Hello>> context)
        {
            heard.Add($"fault of {context.Message.Message.Name}");
            return Task.CompletedTask;
        }
    }
}
