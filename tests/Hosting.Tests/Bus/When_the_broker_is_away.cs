using Podcast.Hosting.Tests.Sample;

namespace Podcast.Hosting.Tests.Bus;

public sealed class When_the_broker_is_away : IAsyncLifetime
{
    private RabbitMqVirtualHost broker = null!;

    public async Task InitializeAsync() => broker = await RabbitMqServer.CreateVirtualHost();

    public async Task DisposeAsync() => await broker.DisposeAsync();

    [Fact]
    public async Task a_host_starts_all_the_same_and_says_what_it_waits_for()
    {
        await using var host = SampleHost.Build(settings: new KeyValuePair<string, string?>(
            "ConnectionStrings:RabbitMq", $"amqp://guest:s3cret@127.0.0.1:{Ports.Free()[0]}/"));

        await host.Start();

        (await host.Health("live")).Status.ShouldBe(200);
        await Eventually.Holds(
            async () => (await host.Health("ready")).Report.GetProperty("checks").GetProperty("bus").GetProperty("reason").GetString()
                == "RabbitMQ does not answer (ConnectionRefused); not consuming: say-hello",
            "the reason");
        var (status, report) = await host.Health("ready");
        status.ShouldBe(503);
        report.GetProperty("status").GetString().ShouldBe("unhealthy");
        report.GetProperty("checks").GetProperty("database sample").GetProperty("status").GetString().ShouldBe("healthy");
        report.ToString().ShouldNotContain("s3cret");
    }

    [Fact]
    public async Task a_host_comes_back_by_itself_once_it_is_there_again()
    {
        using var line = new TcpProxy(broker.Broker);
        await using var host = await SampleHost.StartOn(broker.ConnectionStringThrough(line.Port));

        line.Cut();
        await Eventually.Holds(async () => (await host.Health("ready")).Status == 503, "unreadiness");
        await broker.Publish("podcast.hello", """{"name":"Ann"}""", new { content_type = "application/json" });
        line.Mend();

        await host.Heard.Hears("hello Ann");
        await host.IsReady();
        await host.Bus.Publish(new Hello("Bob"));
        await host.Heard.Hears("hello Bob");
    }

    [Fact]
    public async Task a_queue_that_somebody_deletes_is_made_again()
    {
        await using var host = await SampleHost.StartOn(broker.ConnectionString);

        await broker.DeleteQueue("say-hello");

        await Eventually.Holds(async () => await broker.Queue("say-hello") is not null, "the queue");
        await Eventually.Holds(
            async () =>
            {
                await host.Bus.Publish(new Hello("Ann"));
                return host.Heard.All.Contains("hello Ann");
            },
            "a greeting through the new queue");
    }
}
