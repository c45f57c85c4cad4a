using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Podcast.Hosting.Tests.Sample;

namespace Podcast.Hosting.Tests.Bus;

public sealed class The_bus
{
    [Fact]
    public async Task tells_its_makers_nothing()
    {
        await using var host = SampleHost.Build();

        host.Services.GetRequiredService<IOptions<UsageTelemetryOptions>>().Value.Enabled.ShouldBeFalse();
    }

    [Fact]
    public async Task writes_messages_without_indents()
    {
        await using var host = SampleHost.Build(bus =>
        {
            bus.AddSingleton<Heard>();
            bus.AddConsumer<BodyConsumer>();
        });
        await host.Start();

        await host.Bus.Publish(new Hello("Ann"));

        await Eventually.Holds(() => host.Heard.All.Count == 1, "a message");
        host.Heard.All.Single().ShouldContain("\"name\":\"Ann\"");
        host.Heard.All.Single().ShouldNotContain('\n');
    }

    private sealed class BodyConsumer(Heard heard) : IConsumer<Hello>
    {
        public Task Consume(ConsumeContext<Hello> context)
        {
            heard.Add(context.ReceiveContext.Body.GetString());
            return Task.CompletedTask;
        }
    }
}
