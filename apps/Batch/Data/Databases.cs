using System.Net.Sockets;

namespace Podcast.Batch.Data;

/// <summary>Opens databases and describes their errors in one line.</summary>
internal static class Databases
{
    static Databases() => Dapper.DefaultTypeMap.MatchNamesWithUnderscores = true;

    public static IDatabase Open(string? address, bool mayCreate)
    {
        var database = DatabaseAddress.Parse(address);
        if (database.File is not { } file)
            return new PostgresDatabase(database);

        if (Directory.Exists(file))
            throw new UsageException($"{file} is a directory, not a SQLite database.");
        if (!mayCreate && !File.Exists(file))
            throw new UsageException($"There is no database {file}. `podcast-batch init` makes it.");
        return new SqliteDatabase(database, mayCreate);
    }

    /// <summary>Turns database exceptions into one line that names the database and contains no password.</summary>
    public static async Task<T> Explained<T>(IDatabase database, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception exception) when (exception is DbException or SocketException or IOException or TimeoutException)
        {
            throw new UsageException($"The database {database.Name} cannot be used: {Reason(exception)}", ExitCodes.Usage, exception);
        }
    }

    /// <summary>The message of the innermost exception, on one line.</summary>
    public static string Reason(Exception exception)
    {
        var words = (exception is Npgsql.PostgresException postgres ? postgres.MessageText : exception.GetBaseException().Message)
            .ReplaceLineEndings(" ").Trim();
        return words.EndsWith('.') ? words : words + ".";
    }
}
