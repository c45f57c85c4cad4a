using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Podcast.Emulators.YouTube;
using Podcast.Hosting;
using Podcast.Outbox;
using Podcast.Publishing.Accounts;
using Podcast.Publishing.Data;
using Podcast.Publishing.YouTube;
using Podcast.SettingsBinding;

namespace Podcast.Publishing.Tests.Accounts;

/// <summary>The accounts of a publisher, with Google as the emulator has it, and one clock for both, which stands still.</summary>
internal sealed class ConnectingHost : IAsyncDisposable
{
    public const string First = "UCemulatedchannel0000001";
    public const string Second = "UCemulatedchannel0000002";

    private readonly TemporaryDirectory directory = new();
    private readonly PostgresDatabase? postgres;
    private Platforms google = null!;
    private IHost host = null!;
    private int answers;

    private ConnectingHost(PostgresDatabase? postgres) => this.postgres = postgres;

    public ManualClock Clock { get; } = new();

    /// <summary>The number of requests of ours that are answered, but for those of Google's library.</summary>
    public int AnswersOfGoogle => Volatile.Read(ref answers);

    public YouTubeEmulator Google => google.YouTube;

    public static async Task<ConnectingHost> Start(bool onPostgres = false, string clientId = "client", TimeSpan? tokensLive = null)
    {
        var connecting = new ConnectingHost(onPostgres ? await PostgresServer.CreateDatabase() : null);
        connecting.google = await Platforms.Start(connecting.directory, connecting.Clock, options =>
        {
            options.RefreshTokenLifetime = tokensLive;
            options.Channels =
            [
                new YouTubeChannelOptions { Id = First, Title = "First" },
                new YouTubeChannelOptions { Id = Second, Title = "Second" },
            ];
        });
        await connecting.Restart(clientId);
        return connecting;
    }

    /// <summary>As another process on the same database.</summary>
    public async Task Restart(string clientId = "client")
    {
        if (host is not null)
            await Stop();

        var builder = Host.CreateApplicationBuilder();
        builder.Configuration["ConnectionStrings:publishing"] = postgres?.ConnectionString;
        builder.Configuration["Data:MigrateOnStart"] = "true";
        builder.Configuration["Data:Directory"] = directory.Path;
        builder.Configuration["YouTube:BaseAddress"] = At("");
        builder.Configuration["Google:ClientId"] = clientId;
        builder.Configuration["Google:ClientSecret"] = "secret";
        builder.Configuration["Google:AuthorizationAddress"] = At("/o/oauth2/v2/auth");
        builder.Configuration["Google:TokenAddress"] = At("/token");
        builder.Configuration["Google:DeviceAddress"] = At("/device/code");
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.AddServiceDefaults();
        builder.Services.AddOwnedDbContext<PublishingDbContext>(PublishingDbContext.Owner);
        builder.AddMessageBus(bus => bus.AddLeanOutbox<PublishingDbContext>());
        builder.Services.AddSettings<YouTubeOptions>("YouTube");
        YouTubeRequests.Register(builder.Services);
        builder.Services.AddSingleton<YouTubeRequests>();
        builder.Services.AddHttpClient(YouTubeRequests.Name).AddHttpMessageHandler(() => new Counting(() => Interlocked.Increment(ref answers)));
        builder.Services.AddAccounts();
        host = builder.Build();
        await host.StartAsync();
    }

    /// <summary>Runs <c>connect</c> with a person who does at the consent screen what the emulator's dial says.</summary>
    public async Task<(int Code, Person Person)> Connect(params string[] args)
    {
        var person = new Person();
        var code = await ConnectCommand.Run(host.Services, args, person, person.Errors, new Desktop(false, "ann", "studio"));
        return (code, person);
    }

    /// <summary>Waits until a device has its code and waits for its first question, 5 seconds after.</summary>
    public Task WaitsToAsk() => Clock.HasTimer(TimeSpan.FromSeconds(5));

    public async Task<T> In<TService, T>(Func<TService, Task<T>> question)
        where TService : notnull
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await question(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public Task<YouTubeAccess> Access(string account) => In((IYouTubeAccounts accounts) => accounts.Access(account, default));

    public Task<T> Reads<T>(Func<PublishingDbContext, Task<T>> query) => In(query);

    public Task<ConnectedAccount[]> Accounts() => Reads(db => db.Set<ConnectedAccount>().AsNoTracking().ToArrayAsync());

    public async ValueTask DisposeAsync()
    {
        await Stop();
        await google.DisposeAsync();
        directory.Dispose();
        if (postgres is not null)
            await postgres.DisposeAsync();
    }

    private string At(string path) => new Uri(google.Address, $"emulators/youtube{path}").AbsoluteUri;

    private async Task Stop()
    {
        await host.StopAsync();
        host.Dispose();
    }

    private sealed class Counting(Action answered) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            answered();
            return response;
        }
    }
}
