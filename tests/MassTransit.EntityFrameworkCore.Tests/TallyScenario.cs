using MassTransit;
using MassTransit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Podcast.Testing;

namespace Podcast.Compat.Tests;

/// <summary>The saga on a bus in memory and a SQLite file.</summary>
internal sealed class TallyScenario : IAsyncDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly ServiceProvider services;
    private readonly ITestHarness harness;

    private TallyScenario(Action<IEntityFrameworkSagaRepositoryConfigurator<Tally>> repository, int meeting, bool autoSavepoints)
    {
        services = new ServiceCollection()
            .AddSingleton(Meeting = new Meeting(meeting))
            .AddSingleton(new DbContextOptionsBuilder<TallyContext>().UseSqlite($"Data Source={directory["tally.db"]};Pooling=false").Options)
            .AddScoped(provider =>
            {
                var context = new TallyContext(provider.GetRequiredService<DbContextOptions<TallyContext>>());
                context.Database.AutoSavepointsEnabled = autoSavepoints;
                return context;
            })
            .AddMassTransitTestHarness(bus =>
            {
                bus.SetTestTimeouts(testInactivityTimeout: TimeSpan.FromSeconds(20));
                bus.AddSagaStateMachine<TallyMachine, Tally>().EntityFrameworkRepository(r =>
                {
                    r.ExistingDbContext<TallyContext>();
                    r.UseSqlite();
                    repository(r);
                });
                bus.AddConfigureEndpointsCallback((_, endpoint) => endpoint.UseMessageRetry(r =>
                {
                    r.Handle<DbUpdateException>();
                    r.Immediate(5);
                }));
            })
            .BuildServiceProvider(validateScopes: true);
        harness = services.GetTestHarness();
    }

    public Meeting Meeting { get; }

    public static async Task<TallyScenario> Start(
        Action<IEntityFrameworkSagaRepositoryConfigurator<Tally>> repository, int meeting = 1, bool autoSavepoints = true)
    {
        var scenario = new TallyScenario(repository, meeting, autoSavepoints);
        await scenario.Database(db => db.Database.EnsureCreatedAsync());
        await scenario.harness.Start();
        return scenario;
    }

    /// <summary>Publishes all at once and waits until each has been handled; gives the exceptions of those that failed in the end.</summary>
    public async Task<Exception[]> Handle<T>(params T[] messages)
        where T : class
    {
        var saga = harness.GetSagaStateMachineHarness<TallyMachine, Tally>();
        var ids = messages.Select(_ => NewId.NextGuid()).ToArray();
        await Task.WhenAll(messages.Zip(ids, (message, id) => harness.Bus.Publish(message, x => x.MessageId = id)));

        foreach (var id in ids)
            (await harness.Consumed.Any<T>(x => x.Context.MessageId == id)).ShouldBeTrue();

        var now = new CancellationToken(canceled: true);
        return [.. harness.Consumed.Select<T>(x => ids.Contains(x.Context.MessageId!.Value), now)
            .Where(x => x.Exception is not null).Select(x => x.Exception)];
    }

    public Task<Tally?> Find(Guid id) => Database(db => db.Tallies.SingleOrDefaultAsync(tally => tally.CorrelationId == id));

    /// <summary>An instance that is there already.</summary>
    public Task<int> Has(Guid id, string group = "") => Database(db =>
    {
        db.Add(new Tally { CorrelationId = id, State = "Counting", Group = group });
        return db.SaveChangesAsync();
    });

    public async Task<T> Database<T>(Func<TallyContext, Task<T>> ask)
    {
        await using var scope = services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<TallyContext>());
    }

    public T Service<T>()
        where T : notnull =>
        services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await harness.Stop();
        await services.DisposeAsync();
        directory.Dispose();
    }
}
