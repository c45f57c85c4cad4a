using System.Net;
using Podcast.Ingest.Api.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Ingest.Api.Tests;

public sealed class When_the_broker_is_away : IAsyncLifetime
{
    private readonly IngestHost host = new();

    public Task InitializeAsync() => host.With(IngestHost.Broker, $"amqp://guest:guest@127.0.0.1:{Ports.Free()[0]}/").InitializeAsync();

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task uploads_are_taken_and_requests_keep_coming()
    {
        using var client = host.ClientOf("alice");

        await (await client.Post("/episodes", new { url = "https://example.com/a.mp4", title = "T" })).Answer(HttpStatusCode.Accepted);

        (await client.Get("/episodes"))["episodes"]!.AsArray().Count.ShouldBe(1);
        (await host.Anonymous().Get("/health/ready"))["checks"]!.AsObject().Select(check => check.Key).ShouldBe(["database ingest"]);
        using var whole = await host.Anonymous().GetAsync(new Uri("/health", UriKind.Relative));
        ((string)(await whole.Answer(HttpStatusCode.ServiceUnavailable))["checks"]!["bus"]!["status"]!).ShouldBe("unhealthy");
    }
}
