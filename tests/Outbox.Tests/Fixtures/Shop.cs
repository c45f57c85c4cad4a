using MassTransit;
using MassTransit.EntityFrameworkCoreIntegration;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Podcast.Testing;

namespace Podcast.Outbox.Tests.Fixtures;

/// <summary>How a shop differs from the usual one.</summary>
internal sealed record Plan
{
    /// <summary>So that only the wake-up by the commit can have delivered.</summary>
    public static Plan NoSweep { get; } = new() { Options = options => options.SweepInterval = TimeSpan.FromMinutes(10) };

    public Action<LeanOutboxOptions> Options { get; init; } = _ => { };

    public Action<IEntityFrameworkSagaRepositoryConfigurator<Tally>> Repository { get; init; } = r => r.ConcurrencyMode = ConcurrencyMode.Pessimistic;

    public Action<IBusRegistrationConfigurator> Bus { get; init; } = _ => { };

    public int Retries { get; init; }

    /// <summary>How far this host's clock is ahead of the true time.</summary>
    public TimeSpan Ahead { get; init; }

    /// <summary>The saga handles messages that wait together.</summary>
    public bool Batches { get; init; }

    /// <summary>How long kinds of messages may wait for others.</summary>
    public Dictionary<Type, TimeSpan> Patience { get; init; } = [];

    /// <summary>All attempts of a message in one scope, and so on one context.</summary>
    public bool OneScope { get; init; }
}

/// <summary>A host with the outbox on a real database and a bus in memory.</summary>
internal sealed class Shop : IAsyncDisposable
{
    private readonly IHost host;

    private Shop(TestDatabase database, IHost host)
    {
        Database = database;
        this.host = host;
        Bus.ConnectSendObserver(Broker);
        Bus.ConnectReceiveObserver(Receipts);
    }

    public TestDatabase Database { get; }

    public IBus Bus => Service<IBus>();

    public Broker Broker => Service<Broker>();

    public Mailbox Mailbox => Service<Mailbox>();

    public Receipts Receipts { get; } = new();

    public Script Script => Service<Script>();

    public IServiceProvider Services => host.Services;

    public static async Task<Shop> Open(TestDatabase database, Plan? plan = null, Action<Shop>? before = null)
    {
        var shop = new Shop(database, Build(database.Kind, database.ConnectionString, plan ?? new Plan()));
        await shop.Ask(context => context.Create().ContinueWith(done => done.Exception is null ? 0 : throw done.Exception));
        before?.Invoke(shop);
        await shop.host.StartAsync();
        return shop;
    }

    public static IHost Build(Db kind, string connectionString, Plan plan)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton<TimeProvider>(new WrongClock(plan.Ahead));
        builder.Services.AddDbContextPool<ShopContext>(options => TestDatabase.Use(options, kind, connectionString));
        builder.Services.AddSingleton<Script>().AddSingleton<Broker>().AddSingleton<Mailbox>().AddSingleton<Gate>();
        builder.Services.Configure<MassTransitHostOptions>(options => options.WaitUntilStarted = true);
        builder.Services.AddMassTransit(bus =>
        {
            bus.AddLeanOutbox<ShopContext>(options =>
            {
                options.SweepInterval = TimeSpan.FromMilliseconds(50);
                options.RemoveDelay = TimeSpan.FromMilliseconds(10);
                plan.Options(options);
            });
            bus.AddConsumer<OrderConsumer>();
            bus.AddConsumer<AuditConsumer>();
            bus.AddConsumer<LedgerConsumer>();
            bus.AddConsumer<Recorder>();
            bus.AddSagaStateMachine<TallyMachine, Tally>().EntityFrameworkRepository(r =>
            {
                r.ExistingDbContext<ShopContext>();
                r.UseDatabaseLocks();
                plan.Repository(r);
            });
            if (plan.Batches)
                bus.AddSagaBatches<ShopContext, Tally>(plan.Patience);
            plan.Bus(bus);
            bus.AddConfigureEndpointsCallback((context, name, endpoint) =>
            {
                if (name == "Recorder")
                    return;

                if (plan.OneScope)
                    endpoint.UseMessageScope(context);
                if (plan.Retries > 0)
                    endpoint.UseMessageRetry(retry => retry.Immediate(plan.Retries));
                endpoint.PrefetchCount = 64;
                if (plan.Batches && name == nameof(Tally))
                    endpoint.UseSagaBatches<ShopContext>(context);
                else
                    endpoint.UseEntityFrameworkOutbox<ShopContext>(context);
            });
            bus.UsingInMemory((context, cfg) => cfg.ConfigureEndpoints(context));
        });
        return builder.Build();
    }

    public T Service<T>()
        where T : notnull =>
        host.Services.GetRequiredService<T>();

    /// <summary>Publishes past the outbox, as another process would.</summary>
    public async Task<Guid> Publish<T>(T message, Guid? messageId = null)
        where T : class
    {
        var id = messageId ?? Guid.CreateVersion7();
        await Bus.Publish(message, x => x.MessageId = id);
        return id;
    }

    public async Task<T> Ask<T>(Func<ShopContext, Task<T>> question)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await question(scope.ServiceProvider.GetRequiredService<ShopContext>());
    }

    public Task<int> Notes(Guid order, string prefix = "") =>
        Ask(shop => shop.Notes.CountAsync(note => note.Order == order && note.Text.StartsWith(prefix == "" ? order.ToString() : prefix)));

    public Task<InboxState[]> Inbox(Guid messageId) =>
        Ask(shop => shop.Set<InboxState>().AsNoTracking().Where(inbox => inbox.MessageId == messageId).ToArrayAsync());

    public Task<int> Stored() => Ask(shop => shop.Set<OutboxMessage>().CountAsync());

    public Task<DeadLetter[]> SetAside() => Ask(shop => shop.Set<DeadLetter>().AsNoTracking().OrderBy(x => x.Id).ToArrayAsync());

    /// <summary>Waits until so many endpoints are done with a message; two consume an <see cref="Order"/>.</summary>
    public Task IsDoneWith(Guid messageId, int endpoints = 2) =>
        Eventually.Holds(() => Receipts.Of(messageId) >= endpoints, "the endpoints are done with the message");

    /// <summary>Waits until everything that was stored has left.</summary>
    public Task IsEmpty() => Eventually.Holds(
        async () => await Ask(async shop => await shop.Set<OutboxMessage>().AnyAsync() || await shop.Set<OutboxState>().AnyAsync()) is false,
        "the outbox is empty");

    /// <summary>Works in a scope of its own, as an HTTP request does.</summary>
    public async Task InScope(Func<ShopContext, IPublishEndpoint, Task> work)
    {
        await using var scope = host.Services.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<ShopContext>(), scope.ServiceProvider.GetRequiredService<IPublishEndpoint>());
    }

    /// <summary>Ends the host; what the broker holds stays unsent.</summary>
    public Task Stop() => host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Broker.Recover();
        await host.StopAsync();
        host.Dispose();
    }

    private sealed class WrongClock(TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
    }
}
