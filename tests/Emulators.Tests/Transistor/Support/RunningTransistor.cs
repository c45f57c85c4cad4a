using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Podcast.Emulators.Tests.Ittybit.Support;
using Podcast.Emulators.Transistor;
using Podcast.Hosting;
using Podcast.Testing;

namespace Podcast.Emulators.Tests.Transistor.Support;

/// <summary>A Transistor emulator on a free port and on a clock of the test, spoken to over HTTP.</summary>
internal sealed class RunningTransistor : IAsyncDisposable
{
    public const string Key = "transistor_test_key";
    public const string NewYork = "2";

    private readonly WebApplication app;
    private readonly TemporaryDirectory? own;

    private RunningTransistor(WebApplication app, TemporaryDirectory? own, ManualClock clock)
    {
        (this.app, this.own, Clock) = (app, own, clock);
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single() + "/emulators/transistor/") };
    }

    public HttpClient Http { get; }

    public ManualClock Clock { get; }

    public TransistorEmulator Emulator => app.Services.GetRequiredService<TransistorEmulator>();

    /// <param name="directory">Default: one of its own.</param>
    public static async Task<RunningTransistor> Start(Action<TransistorEmulatorOptions>? configure = null, string? directory = null)
    {
        var own = directory is null ? new TemporaryDirectory() : null;
        var clock = new ManualClock();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.AddServiceDefaults();
        builder.Services.AddTransistorEmulator();
        builder.Services.Configure<SourceOptions>(options => options.AllowLoopback = true);
        builder.Services.Configure<TransistorEmulatorOptions>(options =>
        {
            options.Directory = directory ?? own!.Path;
            options.ProcessingTime = TimeSpan.FromMinutes(1);
            options.RequestsPerWindow = 1_000_000;
            options.Shows =
            [
                new TransistorShow { Id = "1", Slug = "the-show", Title = "The Show" },
                new TransistorShow { Id = NewYork, Slug = "new-york", Title = "New York", TimeZone = "America/New_York", HasVideoPlan = true },
            ];
            configure?.Invoke(options);
        });

        var app = builder.Build();
        app.MapTransistorEmulator();
        await app.StartAsync();
        return new RunningTransistor(app, own, clock);
    }

    public Task<Answer> Get(string path, string key = Key) => Send(HttpMethod.Get, path, null, key);

    /// <summary>Sends the fields as a form, as Transistor's documentation does.</summary>
    public Task<Answer> Form(HttpMethod method, string path, params (string Name, string Value)[] fields) =>
        Send(method, path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    public Task<Answer> Json(HttpMethod method, string path, string json) =>
        Send(method, path, new StringContent(json, Encoding.UTF8, "application/json"));

    public async Task<Answer> Send(HttpMethod method, string path, HttpContent? content, string key = Key)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Add("x-api-key", key);
        using var response = await Http.SendAsync(request);
        return await Answer.Of(response);
    }

    /// <summary>Creates an episode of the first show, unless the fields name another, and returns its id.</summary>
    public async Task<string> Create(params (string Name, string Value)[] fields)
    {
        var answer = await Form(
            HttpMethod.Post, "v1/episodes", [("episode[show_id]", "1"), .. fields.Select(field => ($"episode[{field.Name}]", field.Value))]);
        ((int)answer.Status).ShouldBe(201, answer.Text);
        return (string)answer.Json["data"]!["id"]!;
    }

    public Task<Answer> Update(string id, params (string Name, string Value)[] fields) =>
        Form(HttpMethod.Patch, $"v1/episodes/{id}", [.. fields.Select(field => ($"episode[{field.Name}]", field.Value))]);

    public Task<Answer> Publish(string id, string status, string? at = null) => Form(
        HttpMethod.Patch, $"v1/episodes/{id}/publish",
        at is null ? [("episode[status]", status)] : [("episode[status]", status), ("episode[published_at]", at)]);

    public async Task<JsonNode> Attributes(string id) => (await Get($"v1/episodes/{id}")).Json["data"]!["attributes"]!;

    /// <summary>Waits until the emulator has the audio, whose processing then only needs the clock.</summary>
    public Task HasAudio(string id) => Eventually.Holds(
        () => Report(id).Sha256 is not null, $"the audio of {id} was received");

    public TransistorEpisodeReport Report(string id) => Emulator.Episodes.Single(episode => episode.Id == id);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        own?.Dispose();
    }
}
