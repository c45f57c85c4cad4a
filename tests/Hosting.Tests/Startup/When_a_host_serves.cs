using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Podcast.Hosting.Tests.Startup;

public sealed class When_a_host_serves : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task host_in_production_is_live_and_ready_and_logs_json()
    {
        using var process = SampleProcess.Start([], ("Data__Directory", directory.Path), ("ASPNETCORE_ENVIRONMENT", "Production"));
        using var client = new HttpClient { BaseAddress = await process.Address() };

        (await client.GetFromJsonAsync<JsonElement>("/health/live")).ToString().ShouldBe("""{"status":"healthy","checks":{}}""");
        (await client.GetFromJsonAsync<JsonElement>("/health/ready")).ToString()
            .ShouldBe("""{"status":"healthy","checks":{"bus":{"status":"healthy"},"database sample":{"status":"healthy"}}}""");
        process.Terminate();
        (await process.ExitCode()).ShouldBe(0);

        var started = process.Output.Select(line => JsonDocument.Parse(line).RootElement)
            .Single(line => line.GetProperty("message").GetString()!.StartsWith("Application started", StringComparison.Ordinal));
        started.GetProperty("level").GetString().ShouldBe("Information");
        started.GetProperty("category").GetString().ShouldBe("Microsoft.Hosting.Lifetime");
        started.GetProperty("time").GetDateTimeOffset().Offset.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task it_ends_badly_when_a_part_of_it_breaks()
    {
        await using var host = SampleHost.Build(bus => bus.AddHostedService<Broken>());

        (await host.Run()).ShouldBe(1);
    }

    [Fact]
    public async Task it_says_why_it_cannot_when_its_port_is_taken()
    {
        using var first = SampleProcess.Start([], ("Data__Directory", directory["1"]));
        var address = await first.Address();

        using var second = SampleProcess.Start(
            [], ("Data__Directory", directory["2"]), ("ASPNETCORE_URLS", address.ToString()), ("Logging__LogLevel__Default", "None"));

        (await second.ExitCode()).ShouldBe(1);
        second.Errors.ShouldHaveSingleItem().ShouldContain("address already in use");
    }

    private sealed class Broken : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            throw new InvalidOperationException("broken");
        }
    }
}
