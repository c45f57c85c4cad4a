using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Podcast.Deploy.Tests.Hosts;

namespace Podcast.Deploy.Tests;

/// <summary>What <c>/health/ready</c> makes of a broker that is away: Kubernetes sends no request to a pod that is not ready.</summary>
public sealed class The_readiness : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("podcast-");

    public void Dispose() => directory.Delete(recursive: true);

    [Theory]
    [InlineData("ingest-api", HttpStatusCode.OK)] // takes uploads; announces them later
    [InlineData("webhook-gateway", HttpStatusCode.ServiceUnavailable)] // can acknowledge nothing
    [InlineData("orchestrator", HttpStatusCode.ServiceUnavailable)] // a rolling update waits; their outboxes are asked for all the same
    [InlineData("processing", HttpStatusCode.ServiceUnavailable)]
    public async Task readiness_without_broker_is_what_each_hosts_callers_need(string name, HttpStatusCode expected)
    {
        await using var host = await Host.All.Single(host => host.Name == name).Start(new Dictionary<string, string>
        {
            ["ConnectionStrings__RabbitMq"] = $"amqp://guest:guest@127.0.0.1:{ClosedPort()}/",
            ["Data__Directory"] = directory.FullName,
            ["Auth__LocalUser"] = "local",
            ["ITTYBIT_API_KEY"] = "key",
            ["Webhooks__Key"] = "a key of sixteen",
            ["Webhooks__PublicUrl"] = "https://podcast.test",
        });
        using var client = new HttpClient { BaseAddress = new Uri(host.Urls.Single()) };

        (await client.GetAsync("/health/ready")).StatusCode.ShouldBe(expected);
        using var whole = await client.GetAsync("/health");
        whole.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        JsonNode.Parse(await whole.Content.ReadAsStringAsync()).At("checks.bus.status")!.ToString().ShouldBe("unhealthy");
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
