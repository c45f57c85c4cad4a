using System.Data.Common;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Microsoft.Extensions.Configuration;

namespace Podcast.Hosting;

/// <summary>
/// One database per owner: PostgreSQL (in a schema named after the owner) if <c>ConnectionStrings:{Owner}</c> is set, otherwise
/// the SQLite file <c>{Data:Directory}/{owner}.db</c>.
/// </summary>
public static class Database
{
    internal const string History = "__migrations";

    /// <summary>The name of the health check of <paramref name="owner"/>'s database.</summary>
    public static string HealthCheck(string owner) => $"database {owner}";

    /// <summary>
    /// Registers <typeparamref name="TContext"/>, pooled, on the database of <paramref name="owner"/>, for example
    /// <c>orchestrator</c>, with a health check. The migrations of the context's assembly are applied as <see cref="DataOptions"/> says.
    /// </summary>
    public static void AddOwnedDbContext<TContext>(this IServiceCollection services, string owner)
        where TContext : DbContext
    {
        services.AddDbContextPool<TContext>(
            (provider, options) => options.UseDatabaseOf(owner, provider.GetRequiredService<IConfiguration>()));

        var database = new OwnedDatabase(owner, typeof(TContext));
        services.AddSingleton(database);
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            HealthCheck(owner), provider => ActivatorUtilities.CreateInstance<DatabaseCheck>(provider, database), null, null));

        services.AddConnectionString(owner).AddSettings<DataOptions>("Data");
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Migrator>();
        services.TryAddSingleton<DatabaseStart>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, DatabaseStart>(
            provider => provider.GetRequiredService<DatabaseStart>()));
    }

    /// <summary>
    /// Begins what the start of the host waits for, migrating or checking its databases, while the caller goes on. The start reports
    /// a failure.
    /// </summary>
    public static void BeginDatabaseStart(this IHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        _ = host.Services.GetRequiredService<DatabaseStart>().Ready(CancellationToken.None);
    }

    /// <summary>Points <paramref name="options"/> at the database of <paramref name="owner"/>.</summary>
    public static void UseDatabaseOf(this DbContextOptionsBuilder options, string owner, IConfiguration configuration)
    {
        if (configuration.GetConnectionString(owner) is { Length: > 0 } postgres)
        {
            options.UseNpgsql(WithSessionSettings(postgres), npgsql => npgsql.MigrationsHistoryTable(History, owner));
            return;
        }

        var directory = configuration["Data:Directory"] ?? "data";
        Directory.CreateDirectory(directory);
        options.UseSqlite(
            $"Data Source={Path.Combine(directory, owner + ".db")};Default Timeout=30", sqlite => sqlite.MigrationsHistoryTable(History));
    }

    /// <summary>
    /// Lets each connection keep the plans of its statements, unless the connection string decides otherwise (a pooler such as
    /// PgBouncer may need <c>Max Auto Prepare=0</c>). Npgsql's default resets a connection at every return to the pool, which
    /// throws its plans away. Nothing of ours needs the reset: only <see cref="MigrationLock"/> changes a session, and it closes
    /// the connection afterwards.
    /// <para>
    /// Ends a transaction in which nothing happens for a minute, unless the connection string has <c>Options</c> of its own: a
    /// process that is frozen, or whose machine is lost, would keep its rows locked for hours, and others wait for them. Each of
    /// ours is over in less, because nothing in it waits for another service longer than that.
    /// </para>
    /// </summary>
    internal static string WithSessionSettings(string postgres)
    {
        var names = new DbConnectionStringBuilder { ConnectionString = postgres }.Keys.Cast<string>()
            .Select(name => name.Replace(" ", "", StringComparison.Ordinal)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return postgres
            + (names.Contains("MaxAutoPrepare") ? "" : ";Max Auto Prepare=100")
            + (names.Contains("NoResetOnClose") ? "" : ";No Reset On Close=true")
            + (names.Contains("Options") ? "" : ";Options=-c idle_in_transaction_session_timeout=60s");
    }

    /// <summary>Uses the schema <paramref name="owner"/> on PostgreSQL; SQLite has no schemas.</summary>
    public static void UseSchemaOf(this ModelBuilder model, DbContext context, string owner)
    {
        if (context.Database.IsNpgsql())
            model.HasDefaultSchema(owner);
    }

    /// <summary>
    /// Stores <see cref="DateTimeOffset"/> as Unix milliseconds on SQLite, which cannot compare times with an offset.
    /// </summary>
    public static void UseSortableTimes(this ModelConfigurationBuilder conventions, DbContext context)
    {
        if (context.Database.IsSqlite())
            conventions.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();
    }

    /// <summary>Removes U+0000 from texts, because PostgreSQL cannot store it.</summary>
    public static void UseTextsWithoutNul(this ModelConfigurationBuilder conventions) =>
        conventions.Properties<string>().HaveConversion<WithoutNul>();

    private sealed class WithoutNul() : ValueConverter<string, string>(
        text => text.Replace("\0", "", StringComparison.Ordinal), text => text);

    private sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
        time => time.ToUnixTimeMilliseconds(), milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
}
