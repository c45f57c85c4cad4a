using Microsoft.Data.Sqlite;
using Npgsql;

namespace Podcast.Batch.Data;

/// <summary>Opens the database that <c>--db</c> or <c>PODCAST_BATCH_DB</c> names.</summary>
internal static class DatabaseAddress
{
    private const string Forms =
        "Use postgres://user:password@host/database, a connection string (Host=…;Database=…), or a SQLite file"
        + " (media.db, sqlite:media.db).";

    /// <param name="mayCreate">Whether a SQLite file may be created.</param>
    /// <exception cref="UsageException">The text has none of the supported forms, or there is no such file.</exception>
    public static Database Open(string? text, bool mayCreate)
    {
        var address = text?.Trim() ?? "";
        if (address.Length == 0)
            throw new UsageException($"Say which database: --db or PODCAST_BATCH_DB. {Forms}");
        if (Begins("postgres://") || Begins("postgresql://"))
            return OfUri(address);

        // sqlite:media.db, sqlite:///absolute/media.db and sqlite://media.db are all in use.
        if (Begins("sqlite://") || Begins("sqlite:"))
            return OfFile(address[(Begins("sqlite://") ? "sqlite://" : "sqlite:").Length..], mayCreate);
        if (address.Contains('=', StringComparison.Ordinal))
            return OfConnectionString(address, mayCreate);
        return address.Contains("://", StringComparison.Ordinal)
            ? throw new UsageException($"--db is of no kind that we know. {Forms}")
            : OfFile(address, mayCreate);

        bool Begins(string scheme) => address.StartsWith(scheme, StringComparison.OrdinalIgnoreCase);
    }

    private static PostgresDatabase OfUri(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.AbsolutePath.Length < 2)
            throw new UsageException($"--db is not a PostgreSQL address. {Forms}");

        var login = uri.UserInfo.Split(':', 2);
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.Port > 0 ? uri.Port : 5432,
            Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]),
            Username = login[0].Length > 0 ? Uri.UnescapeDataString(login[0]) : null,
            Password = login.Length > 1 ? Uri.UnescapeDataString(login[1]) : null,
        };
        foreach (var setting in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = setting.Split('=')[0];
            try
            {
                builder[NameOf(name)] = Uri.UnescapeDataString(setting.Split('=', 2)[^1]);
            }
            catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException)
            {
                throw new UsageException($"--db: PostgreSQL has no setting '{name}', or not with that value.");
            }
        }

        return OfPostgres(builder);
    }

    // libpq's names, where Npgsql has others.
    private static string NameOf(string name) => name switch
    {
        "sslmode" => "SSL Mode",
        "sslrootcert" => "Root Certificate",
        "application_name" => "Application Name",
        "connect_timeout" => "Timeout",
        _ => name,
    };

    private static Database OfConnectionString(string address, bool mayCreate)
    {
        try
        {
            var words = new DbConnectionStringBuilder { ConnectionString = address };
            return words.ContainsKey("Data Source") || words.ContainsKey("DataSource") || words.ContainsKey("Filename")
                ? OfFile(new SqliteConnectionStringBuilder(address).DataSource, mayCreate)
                : OfPostgres(new NpgsqlConnectionStringBuilder(address));
        }
        catch (ArgumentException)
        {
            // The exception quotes the part that it did not understand, which may be the password.
            throw new UsageException($"--db is not a connection string. {Forms}");
        }
    }

    private static PostgresDatabase OfPostgres(NpgsqlConnectionStringBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Host) || string.IsNullOrEmpty(builder.Database))
            throw new UsageException($"--db names no host or no database. {Forms}");

        builder.ApplicationName ??= "podcast-batch";
        return new PostgresDatabase(builder);
    }

    private static SqliteDatabase OfFile(string path, bool mayCreate)
    {
        if (path.Length == 0)
            throw new UsageException($"--db names no file. {Forms}");

        var file = Path.GetFullPath(path);
        if (Directory.Exists(file))
            throw new UsageException($"{file} is a directory, not a SQLite database.");
        return mayCreate || File.Exists(file)
            ? new SqliteDatabase(file, mayCreate)
            : throw new UsageException($"There is no database {file}. `podcast-batch init` makes it.");
    }
}
