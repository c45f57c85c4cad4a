using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Podcast.Testing;

/// <summary>Plays Ittybit on a loopback port: records every request, answers as told, and 501 to what nobody told it about.</summary>
public sealed class IttybitServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<RequestDelegate>> replies = new();
    private readonly ConcurrentQueue<Request> requests = new();

    private IttybitServer(WebApplication app) => this.app = app;

    public string Address => app.Urls.Single();

    public IReadOnlyList<Request> Requests => [.. requests];

    public IEnumerable<Request> Posts => Requests.Where(request => request.Line == "POST /tasks");

    public static async Task<IttybitServer> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        var server = new IttybitServer(builder.Build());
        server.app.Run(server.Answer);
        await server.app.StartAsync();
        return server;
    }

    /// <summary>Answers <paramref name="line"/>, say <c>POST /tasks</c>, with each of <paramref name="inOrder"/> once, and then with the last.</summary>
    public void On(string line, params RequestDelegate[] inOrder) => replies[line] = new(inOrder);

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task Answer(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        var line = $"{http.Request.Method} {http.Request.Path}";
        requests.Enqueue(new Request(
            line,
            http.Request.QueryString.Value ?? "",
            http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()),
            body.Length > 0 ? JsonNode.Parse(body) : null));

        if (!replies.TryGetValue(line, out var queue) || !queue.TryPeek(out var reply))
            http.Response.StatusCode = StatusCodes.Status501NotImplemented;
        else
        {
            if (queue.Count > 1)
                queue.TryDequeue(out reply);
            await reply!(http);
        }
    }

    /// <param name="Line">Method and path.</param>
    public sealed record Request(string Line, string Query, IReadOnlyDictionary<string, string> Headers, JsonNode? Body);
}
