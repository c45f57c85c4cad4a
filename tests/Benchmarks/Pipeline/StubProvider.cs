using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Podcast.Benchmarks.Pipeline;

/// <summary>
/// As much of Ittybit's API as an episode needs. A task is complete at once; its webhook follows after 0-20 ms, and in 5 % of the
/// cases once more. <c>GET /stub/last</c> tells when the last first webhook of each episode was sent.
/// </summary>
internal static class StubProvider
{
    private static readonly byte[] mp3 = [.. "ID3"u8, 4, 0, 0, 0, 0, 0, 0, .. Enumerable.Repeat<byte[]>([0xFF, 0xFB, 0x90, 0x00, .. new byte[413]], 8).SelectMany(frame => frame)];
    private static readonly byte[] mp4 = [0, 0, 0, 20, .. "ftypisom"u8, 0, 0, 2, 0, .. "isom"u8, .. new byte[1024]];
    private static readonly ConcurrentDictionary<string, StubTask> tasks = new();
    private static readonly ConcurrentDictionary<string, double> last = new();
    private static readonly HttpClient client = new(new SocketsHttpHandler { MaxConnectionsPerServer = 200 });

    /// <summary>What every transcript of an episode begins with.</summary>
    public static string Marker(string title) => $"This is {title}.";

    public static async Task Serve(int port, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        await using var app = builder.Build();
        var self = $"http://127.0.0.1:{port}";

        app.MapPost("/tasks", async (HttpContext http) =>
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body);
            var task = StubTask.Of(body.RootElement, self);
            tasks[task.Id] = task;
            _ = CallBack(task);
            return Results.Json(task.Answer("processing", null), statusCode: 201);
        });
        app.MapGet("/tasks", () => Results.Json(Array.Empty<object>()));
        app.MapGet("/tasks/{id}", (string id) => tasks.TryGetValue(id, out var task) ? Results.Json(task.Answer("completed", task.Output)) : Results.NotFound());
        app.MapGet("/files/{id}", (string id) => tasks.TryGetValue(id[5..], out var task) ? Results.Json(task.Output) : Results.NotFound());
        app.MapGet("/media", () => Results.Json(Array.Empty<object>()));
        app.MapPost("/media", () => Results.Json(new { id = $"med_{Guid.NewGuid():N}" }, statusCode: 201));
        app.MapPatch("/media/{id}", (string id) => Results.Json(new { id }));
        app.MapMethods("/outputs/{id}", ["GET", "HEAD"], (string id) => !tasks.TryGetValue(id, out var task) ? Results.NotFound() : task.Kind switch
        {
            "audio" => Results.Bytes(mp3, "audio/mpeg", enableRangeProcessing: true),
            "video" => Results.Bytes(mp4, "video/mp4", enableRangeProcessing: true),
            _ => Results.Bytes(Transcript(task.Title), "text/vtt", enableRangeProcessing: true),
        });
        app.MapGet("/stub/last", () => Results.Json(last));
        app.MapGet("/health", () => Results.Ok());
        await app.StartAsync(cancellationToken);
        await app.WaitForShutdownAsync(cancellationToken);
    }

    private static async Task CallBack(StubTask task)
    {
        await Task.Delay(Random.Shared.Next(0, 20));
        var episode = task.Webhook.Segments[^4].TrimEnd('/');
        var body = JsonSerializer.SerializeToUtf8Bytes(task.Answer("completed", task.Output));
        last[episode] = Clock.Milliseconds();
        await Post();
        if (Random.Shared.Next(20) == 0)
            await Post();

        async Task Post()
        {
            for (var tries = 0; tries < 100; tries++)
            {
                using var content = new ByteArrayContent(body) { Headers = { { "Content-Type", "application/json" } } };
                using var answer = await client.PostAsync(task.Webhook, content);
                if (answer.IsSuccessStatusCode)
                    return;
                await Task.Delay(200);
            }
        }
    }

    /// <summary>Some 20 kB of WebVTT.</summary>
    private static byte[] Transcript(string title)
    {
        var text = new StringBuilder($"WEBVTT\n\n00:00:00.000 --> 00:00:05.000\n{Marker(title)}\n");
        for (var second = 5; second < 1050; second += 5)
            text.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"\n{TimeSpan.FromSeconds(second):hh\\:mm\\:ss}.000 --> {TimeSpan.FromSeconds(second + 5):hh\\:mm\\:ss}.000\nWords that somebody said at second {second} of it.\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private sealed record StubTask(string Id, string Kind, string Title, string? Reference, Uri Webhook, StubFile Output)
    {
        public static StubTask Of(JsonElement request, string self)
        {
            var id = $"task_{Guid.NewGuid():N}";
            var kind = request.GetProperty("kind").GetString()!;
            var source = new Uri(request.GetProperty("url").GetString()!);
            return new StubTask(
                id, kind, Path.GetFileNameWithoutExtension(source.AbsolutePath), request.GetProperty("ref").GetString(),
                new Uri(request.GetProperty("webhook_url").GetString()!),
                new StubFile($"file_{id}", $"{self}/outputs/{id}", kind switch { "audio" => "audio/mpeg", "video" => "video/mp4", _ => "text/vtt" }, kind == "speech" ? null : 1050));
        }

        public object Answer(string status, StubFile? output) => new { id = Id, kind = Kind, status, @ref = Reference, webhook_url = Webhook, output };
    }

    private sealed record StubFile(
        [property: JsonPropertyName("id")] string Id,
        [property: JsonPropertyName("url")] string Url,
        [property: JsonPropertyName("type")] string Type,
        [property: JsonPropertyName("duration")] double? Duration);
}

/// <summary>The time by which processes of one machine can be compared.</summary>
internal static class Clock
{
    public static double Milliseconds() => (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds;
}
