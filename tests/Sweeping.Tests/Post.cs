using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Podcast.Hosting;
using Podcast.Testing;

namespace Podcast.Sweeping.Tests;

/// <summary>An instance whose names are not those of the product's sagas.</summary>
internal sealed class Parcel : IDue
{
    public Guid CorrelationId { get; set; } = NewId.NextGuid();
    public DateTimeOffset? DueAt { get; set; }
    public int DueClaims { get; set; }
}

internal sealed record ParcelDue(Guid ParcelId, DateTimeOffset At, bool IsEarly);

internal sealed class PostContext(DbContextOptions<PostContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.UseSchemaOf(this, "post");
        modelBuilder.Entity<Parcel>(parcel =>
        {
            parcel.ToTable("parcels").HasKey(x => x.CorrelationId);
            parcel.Property(x => x.CorrelationId).HasColumnName("parcel id");
            parcel.Property(x => x.DueAt).HasColumnName("when");
            parcel.Property(x => x.DueClaims).HasColumnName("times");
        });
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.UseSortableTimes(this);
}

/// <summary>A host with a sweep, on SQLite or PostgreSQL and the in-memory bus, with a clock that stands still.</summary>
internal sealed class Post : IAsyncDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly PostgresDatabase? postgres;
    private readonly IHost host;

    private Post(PostgresDatabase? postgres, SweepSettings settings, EarlyCall? early)
    {
        this.postgres = postgres;
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration["ConnectionStrings:post"] = postgres?.ConnectionString;
        builder.Configuration["Data:Directory"] = directory.Path;
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.AddServiceDefaults();
        builder.Services.AddDbContextPool<PostContext>(options => options.UseDatabaseOf("post", builder.Configuration));
        builder.AddMessageBus(bus => bus.AddDueSweep<PostContext, Parcel>(
            _ => settings, (id, now) => new ParcelDue(id, now, IsEarly: false), early));
        host = builder.Build();
    }

    public ManualClock Clock { get; } = new();

    public DateTimeOffset Now => Clock.GetUtcNow();

    public BusRecorder Recorder { get; private set; } = null!;

    public IBusControl Bus => host.Services.GetRequiredService<IBusControl>();

    public DueSweep<PostContext, Parcel> Sweep =>
        host.Services.GetServices<IHostedService>().OfType<DueSweep<PostContext, Parcel>>().Single();

    public DueTimes<Parcel> Times => host.Services.GetRequiredService<DueTimes<Parcel>>();

    public static async Task<Post> Open(
        bool onPostgres, int batch = 100, EarlyCall? early = null, params IEnumerable<Parcel> parcels)
    {
        var settings = new SweepSettings(TimeSpan.FromSeconds(1), batch, TimeSpan.FromSeconds(30));
        var post = new Post(onPostgres ? await PostgresServer.CreateDatabase() : null, settings, early);
        await post.Asks(db => db.Database.EnsureCreatedAsync());
        await post.Keeps(parcels);
        await post.host.StartAsync();
        post.Recorder = BusRecorder.On(post.Bus);
        await post.Clock.HasTimer(settings.Interval);
        return post;
    }

    public async Task<T> Asks<T>(Func<PostContext, Task<T>> question)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await question(scope.ServiceProvider.GetRequiredService<PostContext>());
    }

    public Task Keeps(IEnumerable<Parcel> parcels) => Asks(db =>
    {
        db.AddRange(parcels);
        return db.SaveChangesAsync();
    });

    public Task<List<Guid>> Claims(int limit = 100) =>
        Asks(db => new DueRows<PostContext, Parcel>(db).Claim(Now, TimeSpan.FromSeconds(30), limit, default));

    public Task Told(int count) =>
        Eventually.Holds(() => Recorder.Published<ParcelDue>().Count == count, $"{count} are told");

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
        directory.Dispose();
        if (postgres is not null)
            await postgres.DisposeAsync();
    }
}
