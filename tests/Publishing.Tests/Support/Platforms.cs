using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Podcast.Emulators.Transistor;
using Podcast.Emulators.YouTube;
using Podcast.Hosting;

namespace Podcast.Publishing.Tests.Support;

/// <summary>Transistor, YouTube and the server of the episode's files, on one port, outside of the publisher.</summary>
internal sealed class Platforms : IAsyncDisposable
{
    public const string Channel = "UCemulatedchannel0000001";
    public const string Client = "podcast.apps.googleusercontent.com";

    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, (byte[] Content, string Type)> files = new();
    private readonly ConcurrentQueue<string> expired = new();

    private Platforms(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.Single() + "/");

    public TransistorEmulator Transistor => app.Services.GetRequiredService<TransistorEmulator>();

    public YouTubeEmulator YouTube => app.Services.GetRequiredService<YouTubeEmulator>();

    public static async Task<Platforms> Start(
        TemporaryDirectory directory, TimeProvider? clock = null, Action<YouTubeEmulatorOptions>? youTube = null,
        Action<TransistorEmulatorOptions>? transistor = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        builder.AddServiceDefaults();
        builder.Services.AddTransistorEmulator();
        builder.Services.AddYouTubeEmulator();
        builder.Services.Configure<SourceOptions>(options => options.AllowLoopback = true);
        builder.Services.Configure<TransistorEmulatorOptions>(options =>
        {
            options.Directory = directory["transistor"];
            options.ProcessingTime = TimeSpan.FromMilliseconds(100);
            options.RequestsPerWindow = 1_000_000;
            options.Shows = [new TransistorShow { Id = "1", Slug = "bergfunk", Title = "Bergfunk", TimeZone = "Europe/Vienna" }];
            transistor?.Invoke(options);
        });
        builder.Services.Configure<YouTubeEmulatorOptions>(options =>
        {
            options.Directory = directory["youtube"];
            options.ProcessingTime = TimeSpan.FromMilliseconds(100);
            youTube?.Invoke(options);
        });

        var app = builder.Build();
        var platforms = new Platforms(app);
        app.MapTransistorEmulator();
        app.MapYouTubeEmulator();
        app.MapGet("/files/{**name}", platforms.Serve);
        app.MapGet("/ittybit/files/{id}", platforms.Describe);
        await app.StartAsync();
        return platforms;
    }

    /// <summary>Serves a file; its output has the file's name as its id at Ittybit.</summary>
    public TaskOutput Put(string name, string type, byte[] content, double? seconds = null)
    {
        files[name] = (content, type);
        return new TaskOutput($"file_{name}", new Uri(Address, $"files/{name}"), type, seconds, content.Length);
    }

    public TaskOutput Put(string name, string type, string content) => Put(name, type, Encoding.UTF8.GetBytes(content));

    /// <summary>Lets the addresses of a file expire that were given out until now.</summary>
    public void Expire(string name) => expired.Enqueue(name);

    /// <summary>The attributes of the only episode at Transistor, as its API has them.</summary>
    public async Task<JsonNode> OnlyTransistorEpisode()
    {
        using var http = new HttpClient { BaseAddress = new Uri(Address, "emulators/transistor/") };
        http.DefaultRequestHeaders.Add("x-api-key", "test");
        return (await http.GetFromJsonAsync<JsonNode>($"v1/episodes/{Transistor.Episodes.Single().Id}"))!["data"]!["attributes"]!;
    }

    public static string Sha256(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private IResult Serve(string name) => expired.Contains(name) || !files.TryGetValue(name.Replace("signed/", ""), out var file)
        ? Results.StatusCode(StatusCodes.Status403Forbidden)
        : Results.File(file.Content, file.Type, enableRangeProcessing: true);

    private IResult Describe(string id) => Results.Json(new
    {
        id,
        status = "ready",
        url = new Uri(Address, $"files/{(expired.Contains(id[5..]) ? "signed/" : "")}{id[5..]}"),
    });
}
