using System.Text.Json;

namespace Podcast.Hosting.Tests.Startup;

public sealed class When_a_host_is_told_to_stop : IAsyncLifetime, IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private RabbitMqVirtualHost broker = null!;

    public async Task InitializeAsync() => broker = await RabbitMqServer.CreateVirtualHost();

    public async Task DisposeAsync() => await broker.DisposeAsync();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task running_work_is_finished_first()
    {
        using var process = await Serving("00:00:30");
        await Publish("Ann", milliseconds: 2000);
        await process.Says("BEGUN Ann");

        process.Terminate();

        (await process.ExitCode()).ShouldBe(0);
        process.Output.ShouldContain("HEARD hello Ann");
        process.Errors.ShouldBeEmpty();
        (await broker.Take("say-hello")).ShouldBeNull();
    }

    [Fact]
    public async Task work_that_takes_too_long_goes_back_to_its_queue()
    {
        using var process = await Serving("00:00:01");
        await Publish("Bob", milliseconds: 600_000);
        await process.Says("BEGUN Bob");

        process.Terminate();

        (await process.ExitCode()).ShouldBe(0);
        process.Output.ShouldNotContain("HEARD hello Bob");
        (await broker.Awaits("say-hello")).GetProperty("redelivered").GetBoolean().ShouldBeTrue();
        (await broker.Take("say-hello_error")).ShouldBeNull();
    }

    private async Task<SampleProcess> Serving(string stopTimeout)
    {
        var process = SampleProcess.Start(
            [],
            ("Data__Directory", directory.Path),
            ("ConnectionStrings__RabbitMq", broker.ConnectionString),
            ("Service__StopTimeout", stopTimeout));
        await process.Says("Application started");
        return process;
    }

    private async Task Publish(string name, int milliseconds)
    {
        await Eventually.Holds(async () => await broker.Queue("say-hello") is not null, "the queue");
        await Eventually.Holds(
            () => broker.Publish("podcast.hello", JsonSerializer.Serialize(new { name, milliseconds }), new { content_type = "application/json" }),
            "a route to the queue");
    }
}
