using System.Collections.Concurrent;
using System.Text.Json;
using MassTransit;
using MassTransit.EntityFrameworkCoreIntegration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Podcast.Contracts;
using Podcast.Hosting;
using Podcast.Ingest.Api;
using Podcast.Testing;

namespace Podcast.OperatorsConsole.Tests.Fixtures;

/// <summary>The console and the API in one process, as in Standalone; the test is the orchestrator.</summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<object> commands = [];
    private readonly ConcurrentQueue<string> requests = [];

    private Site(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.Single());

    /// <summary>What the API published for the orchestrator.</summary>
    public IReadOnlyList<TCommand> Commands<TCommand>() => [.. commands.OfType<TCommand>()];

    /// <summary>The paths that were asked for, in order.</summary>
    public IReadOnlyList<string> Requests => [.. requests];

    /// <param name="onCommand">Answers a retry as an orchestrator.</param>
    public static async Task<Site> Start(
        TemporaryDirectory data, int port = 0, Func<Site, RetryEpisode, Task>? onCommand = null, params IEnumerable<(string, string)> settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Data:Directory"] = data.Path,
            ["Auth:LocalUser"] = "local",
            ["Console:LocalUser"] = "true",
            ["Console:RabbitMqManagement"] = "http://127.0.0.1:15672",
            ["Ittybit:ApiKey"] = "key",
            ["Ittybit:BaseAddress"] = "http://127.0.0.1:1",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Item1, (string?)setting.Item2)));
        builder.AddServiceDefaults();
        builder.AddMessageBus(bus => bus.AddIngestApi());
        builder.Services.AddConsole();
        var site = new Site(builder.Build());
        site.app.Use(async (HttpContext context, RequestDelegate next) =>
        {
            site.requests.Enqueue(context.Request.Path + context.Request.QueryString);
            await next(context);
        });
        site.app.MapServiceDefaults();
        site.app.MapIngestApi();
        site.app.MapConsole();
        await site.app.StartAsync();
        await site.Observe(onCommand);
        return site;
    }

    /// <summary>Stores a snapshot as if the orchestrator had published it.</summary>
    public Task Tell(object message) => app.Services.GetRequiredService<IBus>().Publish(message, message.GetType());

    /// <summary>Puts a message aside that could not be sent. It is never due.</summary>
    public async Task SetAside(string reason)
    {
        var file = Path.Combine(app.Configuration["Data:Directory"]!, "ingest.db");
        await using var database = new SqliteConnection($"Data Source={file}");
        await database.OpenAsync();
        await using var insert = database.CreateCommand();
        insert.CommandText = """
            INSERT INTO outbox_set_aside (message_id, message_type, reason, attempts, set_aside_at, message)
            VALUES (@id, 'urn:message:Podcast.Contracts:EpisodeUploaded', @reason, 20, @at, @message)
            """;
        insert.Parameters.AddWithValue("@id", Guid.NewGuid());
        insert.Parameters.AddWithValue("@at", TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1));
        insert.Parameters.AddWithValue("@reason", reason);
        insert.Parameters.AddWithValue("@message", JsonSerializer.Serialize(new OutboxMessage
        {
            MessageId = Guid.NewGuid(),
            MessageType = "urn:message:Podcast.Contracts:EpisodeUploaded",
            ContentType = "application/vnd.masstransit+json",
            Body = "{}",
            DestinationAddress = new Uri("nowhere://at/all"),
        }));
        await insert.ExecuteNonQueryAsync();
    }

    /// <summary>Stores snapshots, and returns when the API shows them.</summary>
    public async Task Have(params IEnumerable<EpisodeChanged> snapshots)
    {
        using var client = new HttpClient { BaseAddress = Address };
        var all = snapshots.ToList(); // a lazy sequence would make others the second time
        foreach (var snapshot in all)
            await Tell(snapshot);
        foreach (var snapshot in all)
            await Eventually.Holds(
                async () => (await client.GetStringAsync(new Uri($"/episodes?q={snapshot.EpisodeId}", UriKind.Relative)))
                    .Contains($"\"version\":{snapshot.Version},", StringComparison.Ordinal),
                "the API shows the snapshot");
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private async Task Observe(Func<Site, RetryEpisode, Task>? onCommand)
    {
        var handle = app.Services.GetRequiredService<IReceiveEndpointConnector>().ConnectReceiveEndpoint("orchestrator-of-tests", (_, endpoint) =>
        {
            endpoint.Handler<RetryEpisode>(async context =>
            {
                commands.Enqueue(context.Message);
                if (onCommand is not null)
                    await onCommand(this, context.Message);
            });
            endpoint.Handler<ApprovePublication>(Keep);
            endpoint.Handler<HoldPublication>(Keep);
            endpoint.Handler<MoveRelease>(Keep);
            endpoint.Handler<CancelEpisode>(Keep);
        });
        await handle.Ready;

        Task Keep<TCommand>(ConsumeContext<TCommand> context)
            where TCommand : class
        {
            commands.Enqueue(context.Message);
            return Task.CompletedTask;
        }
    }
}
