using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Podcast.Refit.Tests;

/// <summary>A real server on a free loopback port that remembers the last request and answers as told.</summary>
public sealed class EchoServer : IAsyncLifetime
{
    private WebApplication app = null!;

    public Uri Address => new(app.Urls.Single());

    public Received Last { get; private set; } = null!;

    public Func<HttpContext, Task> Answer { get; set; } = AnswerAThing;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(async context =>
        {
            using var body = new StreamReader(context.Request.Body);
            Last = new Received(
                context.Request.Method,
                context.Features.Get<IHttpRequestFeature>()!.RawTarget,
                context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()),
                await body.ReadToEndAsync());
            await Answer(context);
        });
        await app.StartAsync();
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    /// <summary>Forgets what an earlier test told it.</summary>
    public EchoServer Anew()
    {
        Answer = AnswerAThing;
        return this;
    }

    /// <summary>A client of this server, below <paramref name="path"/>.</summary>
    public HttpClient Client(string path = "") => new() { BaseAddress = new Uri(Address, path) };

    /// <summary>Answers with a status and a text.</summary>
    public void Answers(int status, string text, string type = "application/json") => Answer = context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return context.Response.WriteAsync(text);
    };

    private static Task AnswerAThing(HttpContext context) => context.Response.WriteAsJsonAsync(new Thing("answer"));
}

public sealed record Received(string Method, string Target, Dictionary<string, string> Headers, string Body);
