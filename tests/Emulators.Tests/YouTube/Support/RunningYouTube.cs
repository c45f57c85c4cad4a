using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Podcast.Emulators.Tests.Ittybit.Support;
using Podcast.Emulators.YouTube;
using Podcast.Hosting;
using Podcast.Testing;

namespace Podcast.Emulators.Tests.YouTube.Support;

/// <summary>An emulator on a free port with a clock that stands still, and a connected client with all scopes.</summary>
internal sealed class RunningYouTube : IAsyncDisposable
{
    public const string Channel = "UCemulatedchannel0000001";
    public const string Client = "podcast.apps.googleusercontent.com";
    public const string Redirect = "http://127.0.0.1:50505/";
    public const string AllScopes = "https://www.googleapis.com/auth/youtube.upload https://www.googleapis.com/auth/youtube.force-ssl";

    private readonly WebApplication app;
    private readonly TemporaryDirectory? own;

    private RunningYouTube(WebApplication app, ManualClock clock, TemporaryDirectory? own, string directory)
    {
        (this.app, this.own, Clock, Directory) = (app, own, clock, directory);
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(app.Urls.Single() + "/emulators/youtube/"),
        };
    }

    public HttpClient Http { get; }

    public ManualClock Clock { get; }

    /// <summary>Where the emulator keeps its files.</summary>
    public string Directory { get; }

    public YouTubeEmulator Emulator => app.Services.GetRequiredService<YouTubeEmulator>();

    public static async Task<RunningYouTube> Start(
        Action<YouTubeEmulatorOptions>? configure = null, string? directory = null, ManualClock? clock = null, bool connect = true)
    {
        var own = directory is null ? new TemporaryDirectory() : null;
        directory ??= own!.Path;
        var time = clock ?? new ManualClock();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.AddServiceDefaults();
        builder.Services.AddYouTubeEmulator();
        builder.Services.Configure<YouTubeEmulatorOptions>(options =>
        {
            options.Directory = directory;
            configure?.Invoke(options);
        });

        var app = builder.Build();
        app.MapYouTubeEmulator();
        await app.StartAsync();
        var running = new RunningYouTube(app, time, own, directory);
        if (connect)
            running.Use((string)(await running.Connect())["access_token"]!);
        return running;
    }

    public void Use(string accessToken) => Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);

    public async Task<Answer> Send(HttpMethod method, string path, HttpContent? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Http.SendAsync(request);
        return await Answer.Of(response);
    }

    public Task<Answer> Get(string path) => Send(HttpMethod.Get, path);

    public static StringContent Json(JsonNode json) => new(json.ToJsonString(), Encoding.UTF8, "application/json");

    /// <summary>Sends a form. Of fields with the same name the last one is sent.</summary>
    public Task<Answer> Form(string path, params (string Name, string Value)[] fields) => Send(
        HttpMethod.Post,
        path,
        new FormUrlEncodedContent(fields.GroupBy(field => field.Name, (name, same) => KeyValuePair.Create(name, same.Last().Value))));

    /// <summary>Sends the person to the consent screen and reads the redirect back to the client.</summary>
    public async Task<Dictionary<string, string>> Authorize(string scope = AllScopes, params (string Name, string Value)[] more)
    {
        var query = new Dictionary<string, string?>
        {
            ["client_id"] = Client,
            ["redirect_uri"] = Redirect,
            ["response_type"] = "code",
            ["scope"] = scope,
            ["access_type"] = "offline",
            ["prompt"] = "select_account consent",
        };
        foreach (var (name, value) in more)
            query[name] = value;
        var answer = await Get(QueryHelpers.AddQueryString("o/oauth2/v2/auth", query));
        answer.Status.ShouldBe(HttpStatusCode.Redirect, answer.Text);
        answer.Headers.Location!.AbsoluteUri.ShouldStartWith(Redirect);
        return QueryHelpers.ParseQuery(answer.Headers.Location.Query).ToDictionary(one => one.Key, one => one.Value.ToString());
    }

    public Task<Answer> Exchange(string code, string client = Client, params (string Name, string Value)[] more) => Form(
        "token",
        [("grant_type", "authorization_code"), ("code", code), ("client_id", client), ("client_secret", "s"), ("redirect_uri", Redirect), .. more]);

    public Task<Answer> Refresh(string token) => Form(
        "token", ("grant_type", "refresh_token"), ("refresh_token", token), ("client_id", Client), ("client_secret", "s"));

    /// <summary>The tokens of a new grant.</summary>
    public async Task<JsonNode> Connect(string scope = AllScopes, string client = Client, params (string Name, string Value)[] more)
    {
        var back = await Authorize(scope, [("client_id", client), .. more]);
        var answer = await Exchange(back["code"], client);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        return answer.Json;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
        own?.Dispose();
    }
}
