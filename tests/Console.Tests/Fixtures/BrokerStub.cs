using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Podcast.OperatorsConsole.Tests.Fixtures;

/// <summary>Answers as RabbitMQ's management API does, with one error queue that has something in it.</summary>
internal sealed class BrokerStub : IAsyncDisposable
{
    public const string Fault = "<script>document.title = 'run'</script> No such episode.";

    private readonly WebApplication app;

    private BrokerStub(WebApplication app) => this.app = app;

    /// <summary>The value for <c>Queues:Management</c>.</summary>
    public string Address => app.Urls.Single().Replace("://", "://user:password@", StringComparison.Ordinal) + "/podcast";

    public static async Task<BrokerStub> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapGet("/api/queues/podcast", () => new object[]
        {
            Queue("episode", 2, 3, 1), Queue("episode_error", 4, 0, 0), Queue("extract-audio", 0, 0, 1), Queue("check-outputs", 7, 0, 0),
            Queue("ingest-episode-changed", 0, 0, 2), Queue("publication", 0, 1, 1), Queue("extract-audio_error", 0, 0, 0),
        });
        app.MapPost("/api/queues/podcast/{name}/get", (string name) => name == "episode_error"
            ? new[] { Message(Fault), Message(Fault), Message(Fault), Message("42501: permission denied for table episodes") }
            : []);
        await app.StartAsync();
        return new BrokerStub(app);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private static object Queue(string name, int ready, int inWork, int consumers) => new
    {
        name,
        messages = ready + inWork,
        messages_ready = ready,
        messages_unacknowledged = inWork,
        consumers,
    };

    private static object Message(string fault) => new
    {
        properties = new
        {
            message_id = Guid.NewGuid(),
            headers = new Dictionary<string, string>
            {
                ["MT-Fault-ExceptionType"] = "System.InvalidOperationException",
                ["MT-Fault-Message"] = fault,
                ["MT-Fault-MessageType"] = "urn:message:Podcast.Contracts:RetryEpisode",
                ["MT-Fault-Timestamp"] = TimeProvider.System.GetUtcNow().AddMinutes(-9).ToString("O"),
                ["MT-Host-MachineName"] = "orchestrator-1",
            },
        },
        payload = $$"""{"message":{"episodeId":"{{Guid.NewGuid()}}","by":"ann","why":"again"},"messageType":["urn:message:x"]}""",
        payload_encoding = "string",
    };
}
