using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Podcast.Emulators.Ittybit;
using Podcast.Emulators.Ittybit.Chaos;
using Podcast.Hosting;
using Podcast.Testing;

namespace Podcast.Emulators.Tests.Ittybit.Support;

/// <summary>An emulator on a free port, spoken to over HTTP. Media is simulated and takes no time unless a test wants otherwise.</summary>
internal sealed class RunningEmulator : IAsyncDisposable
{
    public const string Key = "ittybit_test_key";
    public const string Secret = "the secret of these tests";

    private readonly WebApplication app;
    private readonly TemporaryDirectory? own;

    private RunningEmulator(WebApplication app, TemporaryDirectory? own, ConcurrentQueue<string> logs)
    {
        this.app = app;
        this.own = own;
        Logs = logs;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single() + "/emulators/ittybit/") };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
    }

    public HttpClient Http { get; }

    public ConcurrentQueue<string> Logs { get; }

    public IttybitEmulator Emulator => app.Services.GetRequiredService<IttybitEmulator>();

    /// <param name="directory">Default: one of its own.</param>
    public static async Task<RunningEmulator> Start(
        Action<IttybitEmulatorOptions>? configure = null, ChaosDial? chaos = null, string? directory = null, TimeProvider? clock = null)
    {
        var own = directory is null ? new TemporaryDirectory() : null;
        var logs = new ConcurrentQueue<string>();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging(logging => logging.AddProvider(new QueueLoggerProvider(logs)));
        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        builder.AddServiceDefaults();
        builder.Services.AddIttybitEmulator();
        builder.Services.Configure<IttybitEmulatorOptions>(options =>
        {
            options.Directory = directory ?? own!.Path;
            options.Media = MediaWorkMode.Simulated;
            options.SimulatedTaskTime = TimeSpan.Zero;
            options.WebhookSecret = Secret;
            options.WebhookFirstRetry = TimeSpan.FromMilliseconds(20);
            configure?.Invoke(options);
        });

        var app = builder.Build();
        app.MapIttybitEmulator();
        await app.StartAsync();
        var running = new RunningEmulator(app, own, logs);
        if (chaos is not null)
            running.Emulator.Chaos = chaos;
        return running;
    }

    public async Task<Answer> Send(HttpMethod method, string path, JsonNode? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        using var response = await Http.SendAsync(request);
        return await Answer.Of(response);
    }

    public Task<Answer> Get(string path) => Send(HttpMethod.Get, path);

    public Task<Answer> Post(string path, JsonNode body, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Post, path, body, headers);

    /// <summary>Asks for a signed URL to put a file to.</summary>
    public async Task<Uri> Sign(string filename, string? folder = "e", string method = "put", long? expiry = null)
    {
        var body = new JsonObject { ["filename"] = filename, ["folder"] = folder, ["method"] = method };
        if (expiry is not null)
            body["expiry"] = expiry;
        var answer = await Post("signatures", body);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        return new Uri((string)answer.Json["url"]!);
    }

    /// <summary>Puts without an API key, as browsers do.</summary>
    public static async Task<Answer> Put(Uri url, byte[] content, string? contentRange = null)
    {
        using var client = new HttpClient();
        using var body = new ByteArrayContent(content);
        if (contentRange is not null)
            body.Headers.TryAddWithoutValidation("Content-Range", contentRange);
        using var response = await client.PutAsync(url, body);
        return await Answer.Of(response);
    }

    /// <summary>Uploads a file and gives its id.</summary>
    public async Task<string> Upload(byte[] content, string filename = "episode.mp4")
    {
        var answer = await Put(await Sign(filename), content);
        answer.Status.ShouldBe(HttpStatusCode.Created, answer.Text);
        return (string)answer.Json["id"]!;
    }

    public Task<string> UploadEpisode() => Upload(Sample.Episode);

    /// <summary>Makes a task and gives its id.</summary>
    public async Task<string> Make(JsonObject task)
    {
        var answer = await Post("tasks", task);
        answer.Status.ShouldBe(HttpStatusCode.Created, answer.Text);
        return (string)answer.Json["id"]!;
    }

    /// <summary>The task once it has ended.</summary>
    public async Task<JsonNode> Ended(string id)
    {
        JsonNode? task = null;
        await Eventually.Holds(
            async () => (task = (await Get($"tasks/{id}")).Json) is { } now && (string?)now["status"] is "completed" or "failed",
            $"the end of {id}");
        return task!;
    }

    public async Task<JsonNode> Run(JsonObject task) => await Ended(await Make(task));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        own?.Dispose();
    }

    private sealed class QueueLoggerProvider(ConcurrentQueue<string> logs) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new QueueLogger(logs);

        public void Dispose()
        {
        }
    }

    private sealed class QueueLogger(ConcurrentQueue<string> logs) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            logs.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");
    }
}
