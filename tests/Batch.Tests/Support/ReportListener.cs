using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Podcast.Batch.Tests.Support;

/// <summary>What listens where Ingest.Api would, and answers as it is told.</summary>
public sealed class ReportListener : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Request, string? Token, JsonNode Body)> reports = [];
    private readonly WebApplication app;

    private ReportListener(WebApplication app) => this.app = app;

    public string Address => app.Urls.Single();

    public IReadOnlyList<(string Request, string? Token, JsonNode Body)> Reports => [.. reports];

    public static async Task<ReportListener> Start(int status = StatusCodes.Status200OK)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var listener = new ReportListener(builder.Build());
        listener.app.Run(async http =>
        {
            var body = (await JsonNode.ParseAsync(http.Request.Body))!;
            listener.reports.Enqueue(($"{http.Request.Method} {http.Request.Path}", http.Request.Headers.Authorization, body));
            http.Response.StatusCode = status;
        });
        await listener.app.StartAsync();
        return listener;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
