using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Podcast.Ittybit;
using Podcast.Testing;
using Podcast.Throttling.Data;

namespace Podcast.Throttling.Tests;

/// <summary>Several processes on one lanes database, calling one provider; each has services of its own.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly List<ServiceProvider> processes = [];

    public ManualClock Clock { get; } = new();

    public Provider Provider { get; }

    private Fleet() => Provider = new Provider(Clock);

    /// <summary>On a SQLite file, with a clock that stands still.</summary>
    public static async Task<Fleet> Start(int processes = 1, params (string Key, string Value)[] settings)
    {
        var fleet = new Fleet();
        for (var process = 0; process < processes; process++)
            fleet.Add(settings: settings);

        await Migrate(fleet.processes[0]);
        return fleet;
    }

    /// <summary>One more process, with more services than the others.</summary>
    public ServiceProvider Add(Action<IServiceCollection>? with = null, params (string Key, string Value)[] settings)
    {
        var process = Process(
            [("Data:Directory", directory.Path), .. settings],
            services =>
            {
                services.AddSingleton<TimeProvider>(Clock)
                    .AddHttpClient(IttybitClient.Name).ConfigurePrimaryHttpMessageHandler(Provider.Handler);
                with?.Invoke(services);
            });
        processes.Add(process);
        return process;
    }

    /// <summary>The services of one process.</summary>
    public static ServiceProvider Process(IEnumerable<(string Key, string Value)> settings, Action<IServiceCollection> with)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?> { ["Ittybit:ApiKey"] = "key", ["Ittybit:Retries"] = "0" }
                .Concat(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))).Build();
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration);
        services.AddIttybitClient().AddProviderThrottle(IttybitClient.Name);
        with(services);
        return services.BuildServiceProvider(validateScopes: true);
    }

    public static async Task Migrate(ServiceProvider process)
    {
        await using var scope = process.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<LanesDb>().Database.MigrateAsync();
    }

    public ProviderThrottle Lane(int process = 0) => processes[process].GetRequiredKeyedService<ProviderThrottle>(IttybitClient.Name);

    public T Service<T>(int process = 0) where T : notnull => processes[process].GetRequiredService<T>();

    /// <summary>One call of one process.</summary>
    public Task<IttybitTask> Call(int process = 0) =>
        processes[process].GetRequiredService<IIttybitApi>().GetTask("task_1").WaitAsync(TimeSpan.FromSeconds(20));

    /// <summary>One call that costs money.</summary>
    public Task<IttybitTask> Order(int process = 0) => processes[process].GetRequiredService<IIttybitApi>()
        .CreateTask(IttybitTasks.Audio(new IttybitSource("file_1", null))).WaitAsync(TimeSpan.FromSeconds(20));

    /// <summary>How a call failed.</summary>
    public Task<IttybitFailure> FailedCall(int process = 0) => Failure(Call(process));

    /// <summary>How an order failed.</summary>
    public Task<IttybitFailure> FailedOrder(int process = 0) => Failure(Order(process));

    private async Task<IttybitFailure> Failure(Task call)
    {
        try
        {
            await call;
        }
        catch (Exception failure)
        {
            return IttybitFailure.Of(failure, Clock);
        }

        throw new InvalidOperationException("The call passed.");
    }

    /// <summary>Calls of these processes, in turn, that all begin now; the clock is moved until they are through.</summary>
    public Task Calls(int count, params int[] processes) =>
        Through(Task.WhenAll(Enumerable.Range(0, count).Select(call => Call(processes[call % processes.Length]))));

    /// <summary>Moves the clock, several times as fast as a real one, until <paramref name="work"/> is through.</summary>
    /// <param name="step">Milliseconds.</param>
    public async Task Through(Task work, int step = 5)
    {
        for (var steps = 0; !work.IsCompleted && steps < 20_000; steps++)
        {
            await Task.Delay(1);
            Clock.Advance(TimeSpan.FromMilliseconds(step));
        }

        await work.WaitAsync(TimeSpan.Zero);
    }

    public async Task<HealthReportEntry> Health(int process = 0)
    {
        var report = await processes[process].GetRequiredService<HealthCheckService>()
            .CheckHealthAsync(check => check.Name.StartsWith("lane ", StringComparison.Ordinal));
        return report.Entries.ShouldHaveSingleItem().Value;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
            await process.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        directory.Dispose();
    }
}
