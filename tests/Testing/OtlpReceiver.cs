using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Podcast.Testing;

/// <summary>Receives OTLP exports over HTTP and keeps them as raw protobuf, in which strings are readable.</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<(string Signal, string Body)> received = [];

    private OtlpReceiver(Action<string, byte[]>? hear)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            if (hear is null)
                received.Enqueue((context.Request.Path, Encoding.Latin1.GetString(body.ToArray())));
            else
                hear(context.Request.Path, body.ToArray());
            context.Response.StatusCode = StatusCodes.Status200OK;
        });
    }

    /// <summary>The value for <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>.</summary>
    public string Address => app.Urls.Single();

    /// <summary>All bodies received at <c>/v1/traces</c>, <c>/v1/metrics</c> or <c>/v1/logs</c>, concatenated.</summary>
    public string All(string signal) => string.Concat(received.Where(one => one.Signal == $"/v1/{signal}").Select(one => one.Body));

    /// <param name="hear">Receives each request's path and body instead of keeping them for <see cref="All"/>; null: they are
    /// kept.</param>
    public static async Task<OtlpReceiver> Start(Action<string, byte[]>? hear = null)
    {
        var receiver = new OtlpReceiver(hear);
        await receiver.app.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
