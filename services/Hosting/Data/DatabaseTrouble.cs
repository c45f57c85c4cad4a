using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Podcast.Hosting.Data;

/// <summary>What is wrong with a database.</summary>
internal static class DatabaseTrouble
{
    /// <summary>Whether it may go away by itself.</summary>
    public static bool IsPassing(Exception exception) =>
        Chain(exception).Any(cause => cause is NpgsqlException { IsTransient: true } or SqliteException { SqliteErrorCode: 5 or 6 });

    /// <summary>For everybody: no names, no addresses.</summary>
    public static string Describe(Exception exception) => Chain(exception)
        .Select(cause => cause switch
        {
            PostgresException { SqlState: var state } => $"PostgreSQL refuses ({state}: {Known(state)})",
            SocketException { SocketErrorCode: var code } => $"PostgreSQL does not answer ({code})",
            TimeoutException or OperationCanceledException => "it does not answer in time",
            SqliteException { SqliteErrorCode: var code } => $"SQLite refuses (error {code})",
            _ => null,
        })
        .FirstOrDefault(words => words is not null) ?? $"{exception.GetBaseException().GetType().Name}";

    /// <summary>For the operator: the server's own words too, which name users and tables but no passwords.</summary>
    public static string Explain(Exception exception) => Chain(exception)
        .Select(cause => cause switch
        {
            PostgresException { MessageText: var text } => $"{Describe(exception)}: {text}",
            SqliteException => $"{Describe(exception)}: {cause.Message}",
            _ => null,
        })
        .FirstOrDefault(words => words is not null) ?? Describe(exception);

    private static string Known(string state) => state switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => "user or password",
        PostgresErrorCodes.InvalidCatalogName => "there is no such database",
        PostgresErrorCodes.InsufficientPrivilege => "the user may not do this",
        PostgresErrorCodes.TooManyConnections => "too many connections",
        PostgresErrorCodes.CannotConnectNow => "it is starting or stopping",
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown => "it is shutting down",
        _ => "see its log",
    };

    private static IEnumerable<Exception> Chain(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
            yield return cause;
    }
}
