using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Podcast.Emulators.Tests.Transistor.Support;

/// <summary>Somebody else's server: it has audio to fetch, and takes webhooks.</summary>
internal sealed class OutsideServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private OutsideServer(WebApplication app) => this.app = app;

    public byte[] Audio { get; } = [.. Enumerable.Range(0, 200_000).Select(at => (byte)(at * 7))];

    public string AudioUrl => app.Urls.Single() + "/episode.mp3";

    public string MissingUrl => app.Urls.Single() + "/missing.mp3";

    public string HookUrl => app.Urls.Single() + "/hook";

    /// <summary>The bodies and headers of the webhooks.</summary>
    public ConcurrentQueue<(JsonNode Body, IHeaderDictionary Headers)> Hooks { get; } = new();

    public static async Task<OutsideServer> Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        var server = new OutsideServer(app);
        app.MapGet("/episode.mp3", () => Results.Bytes(server.Audio, "audio/mpeg"));
        app.MapPost("/hook", async (HttpRequest request) =>
            server.Hooks.Enqueue(((await JsonNode.ParseAsync(request.Body))!, new HeaderDictionary(request.Headers.ToDictionary()))));
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
