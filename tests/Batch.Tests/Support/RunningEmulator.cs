using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Podcast.Emulators.Ittybit;
using Podcast.Emulators.Ittybit.Chaos;
using Podcast.Testing;

namespace Podcast.Batch.Tests.Support;

/// <summary>Ittybit's stand-in on a free port of this machine. Addresses of media lead nowhere and count as a minute of video.</summary>
public sealed class RunningEmulator : IAsyncDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly WebApplication app;

    private RunningEmulator(TimeSpan taskTime)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddIttybitEmulator();
        builder.Services.Configure<IttybitEmulatorOptions>(options =>
        {
            options.Directory = directory["ittybit"];
            options.Media = MediaWorkMode.Simulated;
            options.SimulatedTaskTime = taskTime;
            options.AssumedSourceLength = TimeSpan.FromMinutes(1);
            options.ApiKeys = [Key];
        });
        app = builder.Build();
        app.Use(Refused);
        app.Use(Rewritten);
        app.MapIttybitEmulator();
    }

    public static string Key => "ittybit_test_key";

    public IttybitEmulator Ittybit => app.Services.GetRequiredService<IttybitEmulator>();

    public ChaosDial Chaos
    {
        set => Ittybit.Chaos = value;
    }

    /// <summary>Gets each answer to a GET and gives what is answered instead; may set the status.</summary>
    public Func<HttpContext, string, string>? Rewrite { get; set; }

    /// <summary>Gets the body of each POST. What it returns is answered instead, and the request is not executed.</summary>
    public Func<string, (int Status, string Body)?>? Refuse { get; set; }

    public Uri Address => new(app.Urls.Single() + "/emulators/ittybit");

    public static async Task<RunningEmulator> Start(TimeSpan? taskTime = null)
    {
        var emulator = new RunningEmulator(taskTime ?? TimeSpan.FromMilliseconds(20));
        await emulator.app.StartAsync();
        return emulator;
    }

    private async Task Refused(HttpContext context, RequestDelegate next)
    {
        if (Refuse is { } refuse && HttpMethods.IsPost(context.Request.Method))
        {
            context.Request.EnableBuffering();
            using var reader = new StreamReader(context.Request.Body, leaveOpen: true);
            var refusal = refuse(await reader.ReadToEndAsync());
            context.Request.Body.Position = 0;
            if (refusal is var (status, body))
            {
                context.Response.StatusCode = status;
                await context.Response.WriteAsync(body);
                return;
            }
        }

        await next(context);
    }

    private async Task Rewritten(HttpContext context, RequestDelegate next)
    {
        if (Rewrite is not { } rewrite || !HttpMethods.IsGet(context.Request.Method))
        {
            await next(context);
            return;
        }

        var answer = context.Response.Body;
        using var made = new MemoryStream();
        context.Response.Body = made;
        await next(context);
        context.Response.Body = answer;
        context.Response.ContentLength = null;
        await context.Response.WriteAsync(rewrite(context, Encoding.UTF8.GetString(made.ToArray())));
    }

    public async ValueTask DisposeAsync()
    {
        // Requests need not end, but whoever writes into the directory must have.
        var workers = app.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToList();
        await app.StopAsync(new CancellationToken(canceled: true));
        foreach (var worker in workers)
            await (worker.ExecuteTask ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await app.DisposeAsync();
        directory.Dispose();
    }
}
