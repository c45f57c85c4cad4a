using Microsoft.Data.Sqlite;
using Npgsql;

namespace Podcast.Batch.Data;

/// <summary>The database that <c>--db</c> or <c>PODCAST_BATCH_DB</c> names.</summary>
/// <param name="File">The SQLite file; null for PostgreSQL.</param>
/// <param name="Name">The name for messages, without user and password.</param>
internal sealed record DatabaseAddress(string ConnectionString, string? File, string Name)
{
    private const string Forms =
        "Use postgres://user:password@host/database, a connection string (Host=…;Database=…), or a SQLite file (media.db, sqlite:media.db).";

    /// <exception cref="UsageException">The text does not have one of the supported forms.</exception>
    public static DatabaseAddress Parse(string? text)
    {
        var address = text?.Trim() ?? "";
        if (address.Length == 0)
            throw new UsageException($"Say which database: --db or PODCAST_BATCH_DB. {Forms}");
        if (Begins("postgres://") || Begins("postgresql://"))
            return OfUri(address);

        // sqlite:media.db, sqlite:///absolute/media.db and sqlite://media.db are all in use.
        if (Begins("sqlite://") || Begins("sqlite:"))
            return OfFile(address[(Begins("sqlite://") ? "sqlite://" : "sqlite:").Length..]);
        if (address.Contains('=', StringComparison.Ordinal))
            return OfConnectionString(address);
        return address.Contains("://", StringComparison.Ordinal)
            ? throw new UsageException($"--db is of no kind that we know. {Forms}")
            : OfFile(address);

        bool Begins(string scheme) => address.StartsWith(scheme, StringComparison.OrdinalIgnoreCase);
    }

    private static DatabaseAddress OfUri(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.AbsolutePath.Length < 2)
            throw new UsageException($"--db is not a PostgreSQL address. {Forms}");

        var login = uri.UserInfo.Split(':', 2);
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.Port > 0 ? uri.Port : 5432,
            Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]),
        };
        if (login[0].Length > 0)
            builder.Username = Uri.UnescapeDataString(login[0]);
        if (login.Length > 1)
            builder.Password = Uri.UnescapeDataString(login[1]);
        foreach (var setting in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
            Set(builder, setting.Split('=')[0], Uri.UnescapeDataString(setting.Split('=', 2)[^1]));
        return OfPostgres(builder);
    }

    private static void Set(NpgsqlConnectionStringBuilder builder, string name, string value)
    {
        try
        {
            // libpq's names, where Npgsql has others.
            builder[name switch
            {
                "sslmode" => "SSL Mode",
                "sslrootcert" => "Root Certificate",
                "application_name" => "Application Name",
                "connect_timeout" => "Timeout",
                _ => name,
            }] = value;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException)
        {
            throw new UsageException($"--db: PostgreSQL has no setting '{name}', or not with that value.");
        }
    }

    private static DatabaseAddress OfConnectionString(string address)
    {
        try
        {
            var words = new DbConnectionStringBuilder { ConnectionString = address };
            return words.ContainsKey("Data Source") || words.ContainsKey("DataSource") || words.ContainsKey("Filename")
                ? OfFile(new SqliteConnectionStringBuilder(address).DataSource)
                : OfPostgres(new NpgsqlConnectionStringBuilder(address));
        }
        catch (ArgumentException)
        {
            // The exception quotes the part that it did not understand, which may be the password.
            throw new UsageException($"--db is not a connection string. {Forms}");
        }
    }

    private static DatabaseAddress OfPostgres(NpgsqlConnectionStringBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Host) || string.IsNullOrEmpty(builder.Database))
            throw new UsageException($"--db names no host or no database. {Forms}");

        builder.ApplicationName ??= "podcast-batch";
        return new DatabaseAddress(builder.ConnectionString, null, $"{builder.Database} at {builder.Host}:{builder.Port}");
    }

    private static DatabaseAddress OfFile(string path)
    {
        if (path.Length == 0)
            throw new UsageException($"--db names no file. {Forms}");

        var file = Path.GetFullPath(path);
        return new DatabaseAddress(new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 30 }.ConnectionString, file, file);
    }
}
