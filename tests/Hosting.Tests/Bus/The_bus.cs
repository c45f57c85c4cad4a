using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Podcast.Hosting.Tests.Bus;

public sealed class The_bus
{
    [Fact]
    public async Task tells_its_makers_nothing()
    {
        await using var host = SampleHost.Build();

        host.Services.GetRequiredService<IOptions<UsageTelemetryOptions>>().Value.Enabled.ShouldBeFalse();
    }
}
