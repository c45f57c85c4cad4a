using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Podcast.Hosting;
using Podcast.Publishing.Accounts;
using Podcast.Publishing.Data;
using Podcast.Publishing.Publications;
using Podcast.Publishing.Tests.Accounts;

namespace Podcast.Publishing.Tests.Support;

/// <summary>The publisher as it ships, on SQLite and the in-memory bus.</summary>
internal sealed class Publisher : IAsyncDisposable
{
    private readonly WebApplication app;

    private Publisher(WebApplication app) => this.app = app;

    public IBus Bus => app.Services.GetRequiredService<IBus>();

    public BusRecorder Recorder { get; private set; } = null!;

    /// <summary>The settings of a publisher that speaks to these platforms and waits shortly.</summary>
    public static Dictionary<string, string?> Settings(Platforms platforms, TemporaryDirectory directory) => new()
    {
        ["Data:Directory"] = directory.Path,
        ["Data:MigrateOnStart"] = "true",
        ["Sources:AllowLoopback"] = "true",
        ["Ittybit:ApiKey"] = "key",
        ["Ittybit:BaseAddress"] = new Uri(platforms.Address, "ittybit").AbsoluteUri,
        ["Lanes:Ittybit:Rate"] = "0",
        ["Lanes:Transistor:Rate"] = "0",
        ["Transistor:ApiKey"] = "key",
        ["Transistor:BaseAddress"] = new Uri(platforms.Address, "emulators/transistor").AbsoluteUri,
        ["YouTube:BaseAddress"] = new Uri(platforms.Address, "emulators/youtube").AbsoluteUri,
        ["YouTube:TokenAddress"] = new Uri(platforms.Address, "emulators/youtube/token").AbsoluteUri,
        ["Google:ClientId"] = Platforms.Client,
        ["Google:ClientSecret"] = "s",
        ["Google:AuthorizationAddress"] = new Uri(platforms.Address, "emulators/youtube/o/oauth2/v2/auth").AbsoluteUri,
        ["Google:TokenAddress"] = new Uri(platforms.Address, "emulators/youtube/token").AbsoluteUri,
        ["YouTube:Accounts:main:ClientId"] = Platforms.Client,
        ["YouTube:Accounts:main:ClientSecret"] = "s",
        ["YouTube:Accounts:main:RefreshToken"] = "1//emulated",
        ["YouTube:Accounts:main:ChannelId"] = Platforms.Channel,
        ["Publishing:ChunkSize"] = $"{PublishingOptions.ChunkUnit}",
        ["Publishing:CheckAfter"] = "00:00:00.050",
        ["Publishing:MaxCheckGap"] = "00:00:00.200",
        ["Publishing:RetryDelay"] = "00:00:00.050",
        ["Publishing:MaxRetryDelay"] = "00:00:00.200",
        ["Publishing:SweepInterval"] = "00:00:00.050",
        ["Publishing:PlanInterval"] = "00:00:00.200",
        ["Publishing:UnansweredAfter"] = "00:00:20",
    };

    public static async Task<Publisher> Start(
        Platforms platforms, TemporaryDirectory directory, TimeProvider? clock = null, params (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Configuration.AddInMemoryCollection(Settings(platforms, directory));
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(one => one.Name, one => (string?)one.Value));
        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        builder.AddServiceDefaults();
        builder.AddMessageBus(bus => bus.AddPublishing(builder.Configuration));
        var publisher = new Publisher(builder.Build());
        await publisher.app.StartAsync();
        publisher.Recorder = BusRecorder.On(publisher.Bus);
        await publisher.Recorder.Listen<PublicationChanged>(publisher.Bus);
        await publisher.Recorder.Listen<EpisodePublished>(publisher.Bus);
        await publisher.Recorder.Listen<PublishingFailed>(publisher.Bus);
        return publisher;
    }

    /// <summary>Publishes and waits until the publisher's endpoints are done with it.</summary>
    public Task Hears<T>(T message, int endpoints = 1)
        where T : class => Recorder.Hears(Bus, message, endpoints);

    public Task<Publication> Row(Guid episodeId, PublishingChannel channel) => In(async (PublishingDbContext database) =>
        await database.Publications.FindAsync(PublicationId.Of(episodeId, channel)) ?? throw new InvalidOperationException("no row"));

    public async Task<T> In<TService, T>(Func<TService, Task<T>> question)
        where TService : notnull
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await question(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>Runs <c>connect youtube</c> with a person who consents.</summary>
    public Task<int> Connect(string account) =>
        ConnectCommand.Run(app.Services, ["youtube", account], new Person(), new StringWriter(), new Desktop(false, "ann", "studio"));

    public Task<PublicationChanged> Reaches(Guid episodeId, PublishingChannel channel, PublicationStatus status) =>
        Recorder.Sees<PublicationChanged>(
            change => change.EpisodeId == episodeId && change.Channel == channel && change.Status == status);

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
