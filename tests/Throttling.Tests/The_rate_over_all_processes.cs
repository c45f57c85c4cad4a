using System.Data.Common;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Podcast.Emulators.Ittybit;
using Podcast.Ittybit;
using Podcast.Testing;
using Podcast.Throttling.Data;

namespace Podcast.Throttling.Tests;

/// <summary>Real calls over a real network, permits from a real PostgreSQL, and the provider's own ledger as the judge.</summary>
public sealed class The_rate_over_all_processes : IAsyncLifetime
{
    private const int Rate = 40;

    private readonly TemporaryDirectory directory = new();
    private readonly List<ServiceProvider> processes = [];
    private readonly Statements statements = new();
    private PostgresDatabase database = null!;
    private WebApplication emulator = null!;

    public async Task InitializeAsync()
    {
        database = await PostgresServer.CreateDatabase();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Configuration["Emulators:Ittybit:Directory"] = directory.Path;
        builder.Configuration["Emulators:Ittybit:Media"] = "Simulated";
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddIttybitEmulator();
        emulator = builder.Build();
        emulator.MapIttybitEmulator();
        await emulator.StartAsync();

        for (var process = 0; process < 2; process++)
        {
            processes.Add(Fleet.Process(
                [
                    ("ConnectionStrings:Lanes", database.ConnectionString),
                    ("Ittybit:BaseAddress", emulator.Urls.Single() + "/emulators/ittybit"),
                    ("Lanes:Ittybit:Rate", $"{Rate}"),
                ],
                services => services.ConfigureDbContext<LanesDb>(options => options.AddInterceptors(statements))));
        }

        await Fleet.Migrate(processes[0]);
    }

    public async Task DisposeAsync()
    {
        foreach (var process in processes)
            await process.DisposeAsync();
        await emulator.DisposeAsync();
        await database.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task rate_is_never_exceeded_and_costs_few_statements()
    {
        await Task.WhenAll(Enumerable.Range(0, 80).Select(call => Call(processes[call % 2])));

        var (count, peak) = await Ledger();
        count.ShouldBe(80);
        peak.ShouldBeLessThanOrEqualTo(Rate);
        peak.ShouldBeGreaterThan(Rate / 8); // it is a rate, not a standstill
        statements.Updates.ShouldBeLessThan(80);
    }

    private static async Task Call(ServiceProvider process) => await process.GetRequiredService<IIttybitApi>().ListTasks();

    private async Task<(int Count, int Peak)> Ledger()
    {
        using var client = new HttpClient { BaseAddress = new Uri(emulator.Urls.Single()) };
        var ledger = await client.GetFromJsonAsync<JsonElement>("/emulators/ittybit/_emulator/ledger/requests?window_ms=1000");
        return (ledger.GetProperty("times").GetArrayLength(), ledger.GetProperty("peak").GetInt32());
    }

    private sealed class Statements : DbCommandInterceptor
    {
        private int updates;

        public int Updates => updates;

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default)
        {
            if (command.CommandText.StartsWith("UPDATE", StringComparison.Ordinal))
                Interlocked.Increment(ref updates);
            return ValueTask.FromResult(result);
        }
    }
}
