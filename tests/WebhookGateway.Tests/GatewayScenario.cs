using System.Text;
using MassTransit;
using MassTransit.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Podcast.Contracts;
using Podcast.Hosting;
using Podcast.Ittybit;
using Podcast.Testing;

namespace Podcast.WebhookGateway.Tests;

/// <summary>The real gateway on a free port, in front of an in-memory broker whose confirmation a test may hold back.</summary>
internal sealed class GatewayScenario : IAsyncDisposable
{
    public const string Key = "a-key-of-callbacks-for-tests";
    public const string Secret = "whsec-old";
    public const string NewSecret = "whsec-new";

    private readonly WebApplication app;

    private GatewayScenario(WebApplication app, TestLog log, RejectionCounter rejections)
    {
        this.app = app;
        Log = log;
        Rejections = rejections;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Client { get; }

    /// <summary>Stands still: no delivery runs into its deadline unless a test says so.</summary>
    public ManualClock Clock => (ManualClock)app.Services.GetRequiredService<TimeProvider>();

    public TestLog Log { get; }

    public RejectionCounter Rejections { get; }

    public ITestHarness Harness => app.Services.GetRequiredService<ITestHarness>();

    public Guid Episode { get; } = Guid.NewGuid();

    public static Task<GatewayScenario> Start(params (string Key, string Value)[] settings) => Start(null, settings);

    /// <param name="confirm">What the broker does before it confirms; null confirms at once.</param>
    public static async Task<GatewayScenario> Start(Func<Task>? confirm, params (string Key, string Value)[] settings)
    {
        var builder = Builder(confirm, settings);
        var log = new TestLog();
        builder.Logging.ClearProviders().AddProvider(log);

        var app = builder.Build();
        app.MapServiceDefaults();
        app.MapWebhookGateway();
        var rejections = new RejectionCounter(app.Services);
        await app.StartAsync();
        return new GatewayScenario(app, log, rejections);
    }

    /// <summary>A host as Program.cs builds it, but with the harness's bus.</summary>
    public static WebApplicationBuilder Builder(Func<Task>? confirm, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Webhooks:PublicUrl"] = "https://podcast.example",
            ["Webhooks:Key"] = Key,
            ["Webhooks:Secrets:0"] = Secret,
            ["Webhooks:Secrets:1"] = NewSecret,
        });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value));
        builder.Services.AddSingleton<TimeProvider>(new ManualClock());
        builder.AddServiceDefaults();
        builder.Services.AddMassTransitTestHarness(bus =>
        {
            bus.AddWebhookGateway();
            bus.AddSingleton<Confirmed>();
            bus.UsingInMemory((context, cfg) =>
            {
                if (confirm is not null)
                    cfg.ConfigurePublish(publish => publish.UseExecuteAsync(_ => confirm()));
                cfg.ConnectPublishObserver(context.GetRequiredService<Confirmed>());
                cfg.ConfigureEndpoints(context);
            });
        });
        return builder;
    }

    /// <summary>The path and query of a task's callback address, as Processing gives it to Ittybit.</summary>
    public string Callback(TaskKind kind = TaskKind.AudioExtraction, int attempt = 1) =>
        app.Services.GetRequiredService<CallbackAddress>().For(new TaskAttempt(Episode, kind, attempt)).PathAndQuery;

    public Task<HttpResponseMessage> Deliver(string body, string? to = null, params (string Name, string Value)[] headers) =>
        Deliver(Encoding.UTF8.GetBytes(body), to, headers);

    public Task<HttpResponseMessage> Deliver(byte[] body, string? to = null, params (string Name, string Value)[] headers)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        return Send(content, to ?? Callback(), headers);
    }

    public Task<HttpResponseMessage> Send(HttpContent content, string to, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, to) { Content = content };
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                content.Headers.TryAddWithoutValidation(name, value);
        }

        return Client.SendAsync(request);
    }

    /// <summary>What was published so far, without waiting: the gateway answers after the broker.</summary>
    public IReadOnlyList<IPublishedMessage<T>> Published<T>()
        where T : class =>
        [.. Harness.Published.Select<T>(new CancellationToken(canceled: true))];

    public IReadOnlyList<Guid> PublishedIds => app.Services.GetRequiredService<Confirmed>().Ids;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        Rejections.Dispose();
    }

    public static (string Name, string Value) Signed(string body, string secret = Secret) =>
        ("Ittybit-Signature", WebhookSignature.Compute(Encoding.UTF8.GetBytes(body), secret));
}
