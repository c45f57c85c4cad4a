using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Podcast.Testing;

namespace Podcast.Emulators.Tests.Ittybit.Support;

/// <summary>Receives webhooks on a free port and answers as a test wants.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly List<Delivery> deliveries = [];
    private readonly WebApplication app;

    private WebhookReceiver(WebApplication app) => this.app = app;

    public Uri Url => new(app.Urls.Single() + "/webhooks/ittybit");

    /// <summary>The status that the n-th delivery (from 1) is answered with.</summary>
    public Func<int, int> Answers { get; set; } = _ => StatusCodes.Status200OK;

    /// <summary>What the n-th delivery (from 1) has to wait for before it is answered.</summary>
    public Func<int, Task> Waits { get; set; } = _ => Task.CompletedTask;

    /// <summary>In the order of arrival.</summary>
    public IReadOnlyList<Delivery> All
    {
        get { lock (gate) return [.. deliveries]; }
    }

    /// <summary>Only those that the emulator really signed.</summary>
    public IReadOnlyList<Delivery> Genuine => [.. All.Where(delivery => delivery.IsGenuine)];

    public static async Task<WebhookReceiver> Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        var receiver = new WebhookReceiver(app);
        app.MapPost("/webhooks/ittybit", receiver.Receive);
        await app.StartAsync();
        return receiver;
    }

    /// <summary>Waits for the first genuine delivery about the end of a task.</summary>
    public async Task<Delivery> End(string taskId)
    {
        Delivery? end = null;
        await Eventually.Holds(
            () => (end = Genuine.FirstOrDefault(delivery =>
                delivery.TaskId == taskId && delivery.Status is "completed" or "failed")) is not null,
            $"a webhook about the end of {taskId}");
        return end!;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private async Task Receive(HttpContext http)
    {
        using var memory = new MemoryStream();
        await http.Request.Body.CopyToAsync(memory);
        int number;
        lock (gate)
        {
            deliveries.Add(new Delivery(memory.ToArray(), http.Request.Headers["Ittybit-Signature"]));
            number = deliveries.Count;
        }

        await Waits(number);
        http.Response.StatusCode = Answers(number);
    }
}

internal sealed record Delivery(byte[] Body, string? Signature)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public string? TaskId => (string?)Json["id"];

    public string? Status => (string?)Json["status"];

    /// <summary>Lower-case hex HMAC-SHA256 of the raw body.</summary>
    public bool IsGenuine =>
        Signature == Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(RunningEmulator.Secret), Body));
}
