using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Podcast.Ingest.Api.Tests.Fixtures;

/// <summary>Ittybit's side of signatures and files, over real HTTP. Knows the files that it is told of; counts what it is asked.</summary>
internal sealed class RecordingIttybit : IAsyncDisposable
{
    private readonly WebApplication app;
    private int waiting;

    private RecordingIttybit(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.Single());

    public ConcurrentQueue<SignatureAsked> Signatures { get; } = [];

    public ConcurrentQueue<string> FilesAsked { get; } = [];

    public ConcurrentDictionary<string, object> Files { get; } = [];

    /// <summary>Answers everything with this status while it is set.</summary>
    public int? Refuses { get; set; }

    /// <summary>Answers wait for this while it is set.</summary>
    public TaskCompletionSource? Stuck { get; set; }

    /// <summary>How many answers wait for <see cref="Stuck"/>.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    public static async Task<RecordingIttybit> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var ittybit = new RecordingIttybit(app);
        app.Use(ittybit.MayRefuse);
        app.MapPost("/signatures", ittybit.Sign);
        app.MapGet("/files/{id}", ittybit.File);
        await app.StartAsync();
        return ittybit;
    }

    public void Has(string fileId, string status = "ready", long filesize = 2_000_000_000, double duration = 3600) =>
        Files[fileId] = new { id = fileId, media_id = "med_1", kind = "video", filesize, duration, status };

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task MayRefuse(HttpContext context, RequestDelegate next)
    {
        if (Stuck is { } stuck)
        {
            Interlocked.Increment(ref waiting);
            try
            {
                await stuck.Task.WaitAsync(context.RequestAborted);
            }
            finally
            {
                Interlocked.Decrement(ref waiting);
            }
        }

        if (Refuses is { } status)
            await Results.Json(new { error = new { message = "no" } }, statusCode: status).ExecuteAsync(context);
        else
            await next(context);
    }

    private IResult Sign(SignatureAsked asked)
    {
        Signatures.Enqueue(asked);
        return Results.Ok(new
        {
            domain = "you.ittybit.net",
            asked.filename,
            asked.folder,
            asked.expiry,
            asked.method,
            signature = "secret",
            url = $"https://you.ittybit.net/{asked.folder}/{asked.filename}?expiry={asked.expiry}&method=put&signature=secret{Signatures.Count}",
        });
    }

    private IResult File(string id)
    {
        FilesAsked.Enqueue(id);
        return Files.TryGetValue(id, out var file)
            ? Results.Ok(file)
            : Results.Json(new { error = new { message = "not found" } }, statusCode: 404);
    }

#pragma warning disable IDE1006, SA1300 // the names on the wire
    internal sealed record SignatureAsked(string filename, string folder, long expiry, string method);
#pragma warning restore IDE1006, SA1300
}
