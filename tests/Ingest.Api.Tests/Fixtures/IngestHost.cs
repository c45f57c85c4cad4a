using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using MassTransit;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Podcast.Hosting;
using Podcast.Ingest.Api.Data;
using Podcast.Ingest.Api.ReadModel;
using Podcast.Ingest.Api.Uploads;
using Podcast.Testing;

namespace Podcast.Ingest.Api.Tests.Fixtures;

/// <summary>
/// The real host on Kestrel, with a database of its own, the in-memory bus and a recording Ittybit. The database is SQLite; where
/// <c>PODCAST_TEST_INGEST</c> is <c>postgres</c>, it is a new one on PostgreSQL.
/// </summary>
#pragma warning disable CA1001 // xunit disposes of it by IAsyncLifetime
public sealed class IngestHost : IAsyncLifetime
#pragma warning restore CA1001
{
    internal const string Broker = "ConnectionStrings:RabbitMq";

    private readonly TemporaryDirectory directory = new();
    private readonly Dictionary<string, string?> settings = Tokens.Settings;
    private readonly ConcurrentQueue<object> published = [];
    private WebApplicationFactory<Program>? factory;
    private PostgresDatabase? own;
    private Uri? address;

    internal RecordingIttybit Ittybit { get; private set; } = null!;

    internal Conflicts Conflicts { get; } = new();

    internal ManualClock Clock { get; } = new();

    /// <summary>Where names lead: no test asks a real name server.</summary>
    internal ResolveHost Names { get; set; } = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("93.184.216.34")]);

    internal ConcurrentQueue<string> Logged { get; } = [];

    /// <summary>Registers more services before the host starts.</summary>
    internal Action<IServiceCollection> Also { get; init; } = _ => { };

    internal IServiceProvider Services => factory!.Services;

    /// <summary>A new database on PostgreSQL; null where these tests run on SQLite.</summary>
    internal static async Task<PostgresDatabase?> NewPostgres() =>
        Environment.GetEnvironmentVariable("PODCAST_TEST_INGEST") == "postgres" ? await PostgresServer.CreateDatabase() : null;

    /// <summary>Takes the database that others may use too.</summary>
    internal IngestHost On(PostgresDatabase? shared) =>
        With("ConnectionStrings:ingest", shared is null ? null : $"{shared.ConnectionString};Maximum Pool Size=20");

    /// <summary>A setting for <see cref="InitializeAsync"/>; null takes one away.</summary>
    internal IngestHost With(string setting, string? value)
    {
        settings[setting] = value;
        return this;
    }

    public async Task InitializeAsync()
    {
        Ittybit = await RecordingIttybit.Start();
        settings.TryAdd("Data:Directory", directory.Path);
        settings.TryAdd("Ittybit:BaseAddress", Ittybit.Address.ToString());
        settings.TryAdd("Ittybit:ApiKey", "key");
        settings.TryAdd("Ittybit:Retries", "0");
        settings.TryAdd("Lanes:Ittybit:Rate", "0");
        settings.TryAdd("Outbox:SendTimeout", "00:10:00"); // by the test's clock: moving it must not end a send that is under way
        if (!settings.ContainsKey("ConnectionStrings:ingest"))
            On(own = await NewPostgres());
        settings.TryAdd("Data:MigrateOnStart", "true");

        factory = new WebApplicationFactory<Program>().WithWebHostBuilder(web =>
        {
            web.UseEnvironment("Production");
            foreach (var (setting, value) in settings.Where(pair => pair.Value is not null))
                web.UseSetting(setting, value);
            web.ConfigureLogging(logging => logging.ClearProviders().AddProvider(new RecordingLoggerProvider(Logged)));
            web.ConfigureServices(Also);
            web.ConfigureServices(services => services
                .ConfigureDbContext<IngestDb>(options => options.AddInterceptors(Conflicts))
                .Replace(ServiceDescriptor.Singleton<ResolveHost>((host, cancellationToken) => Names(host, cancellationToken)))
                .Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock)));
        });
        factory.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        factory.StartServer();
        await Clock.HasTimer(Services.GetRequiredService<IOptions<UploadOptions>>().Value.SweepEvery);
        await Clock.HasTimer(Services.GetRequiredService<IOptions<ReadModelOptions>>().Value.SweepEvery);
        var addresses = Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        address = new Uri(addresses.Single());
        if (!settings.ContainsKey(Broker)) // a test that names one wants it to be away
            await Observe();
    }

    public async Task DisposeAsync()
    {
        if (factory is not null)
            await factory.DisposeAsync();
        if (own is not null)
            await own.DisposeAsync();

        await Ittybit.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        directory.Dispose();
    }

    internal HttpClient ClientOf(string owner, string? role = null)
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Tokens.Of(owner, role: role));
        return client;
    }

    internal HttpClient Anonymous() => new() { BaseAddress = address };

    /// <summary>What the service itself has put on the bus so far.</summary>
    internal IReadOnlyList<TMessage> Published<TMessage>() => [.. published.OfType<TMessage>()];

    /// <summary>Delivers <paramref name="messages"/> as another service would, one after the other.</summary>
    internal async Task Deliver(params IEnumerable<object> messages)
    {
        var bus = Services.GetRequiredService<IBus>();
        foreach (var message in messages)
            await bus.Publish(message, message.GetType());
    }

    internal async Task InDatabase(Func<IngestDb, Task> use)
    {
        await using var scope = Services.CreateAsyncScope();
        await use(scope.ServiceProvider.GetRequiredService<IngestDb>());
    }

    internal async Task<T> FromDatabase<T>(Func<IngestDb, Task<T>> use)
    {
        await using var scope = Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<IngestDb>());
    }

    private async Task Observe()
    {
        var handle = Services.GetRequiredService<IReceiveEndpointConnector>().ConnectReceiveEndpoint("seen-by-tests", (_, endpoint) =>
        {
            endpoint.Handler<Contracts.EpisodeUploaded>(Keep);
            endpoint.Handler<Contracts.RetryEpisode>(Keep);
            endpoint.Handler<Contracts.CancelEpisode>(Keep);
            endpoint.Handler<Contracts.ResumeEpisode>(Keep);
            endpoint.Handler<Contracts.RepublishEpisode>(Keep);
            endpoint.Handler<Contracts.TranscriptStored>(Keep);
            endpoint.Handler<Contracts.TranscriptRejected>(Keep);
            endpoint.Handler<Contracts.ShowChanged>(Keep);
            endpoint.Handler<Contracts.ApprovePublication>(Keep);
            endpoint.Handler<Contracts.RetryPublication>(Keep);
            endpoint.Handler<Contracts.RetractPublication>(Keep);
            endpoint.Handler<Contracts.HoldPublication>(Keep);
            endpoint.Handler<Contracts.ResumePublication>(Keep);
            endpoint.Handler<Contracts.MoveRelease>(Keep);
        });
        await handle.Ready;

        Task Keep<T>(ConsumeContext<T> context)
            where T : class
        {
            published.Enqueue(context.Message);
            return Task.CompletedTask;
        }
    }
}
