using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Podcast.Hosting.Data;

/// <summary>Classifies and describes database errors.</summary>
internal static class DatabaseErrors
{
    // SQLite's primary result codes, https://sqlite.org/rescode.html
    private const int Busy = 5;
    private const int Locked = 6;
    private const int Io = 10;
    private const int Full = 13;

    /// <summary>
    /// True if the error is transient. If the database host's name cannot be resolved, Npgsql throws a bare
    /// <see cref="SocketException"/> (npgsql issue 5606). The same exception inside one of HTTP or of the broker is not a
    /// database error.
    /// </summary>
    public static bool IsPassing(Exception exception) =>
        Chain(exception).Any(cause => cause
            is NpgsqlException { IsTransient: true }
            or SqliteException { SqliteErrorCode: Busy or Locked or Io or Full })
        || Chain(exception).SkipWhile(IsWrapper).FirstOrDefault() is SocketException or TimeoutException;

    /// <summary>A description for API callers: no names, no addresses.</summary>
    public static string Describe(Exception exception) => First(exception, cause => cause switch
    {
        PostgresException { SqlState: var state } => $"PostgreSQL refuses ({state}: {Known(state)})",
        SocketException { SocketErrorCode: var code } => $"PostgreSQL does not answer ({code})",
        TimeoutException or OperationCanceledException => "it does not answer in time",
        SqliteException { SqliteErrorCode: var code } => $"SQLite refuses (error {code})",
        _ => null,
    }) ?? exception.GetBaseException().GetType().Name;

    /// <summary>A description for operators, with the server's message, which names users and tables but no passwords.</summary>
    public static string Explain(Exception exception) => First(exception, cause => cause switch
    {
        PostgresException { MessageText: var text } => $"{Describe(exception)}: {text}",
        SqliteException => $"{Describe(exception)}: {cause.Message}",
        _ => null,
    }) ?? Describe(exception);

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

    /// <summary>True for exceptions with which EF Core, ADO.NET, tasks and MassTransit sagas wrap a database exception.</summary>
    private static bool IsWrapper(Exception exception) =>
        exception is DbException or DbUpdateException or RetryLimitExceededException or SagaException or AggregateException
        || exception.GetType() == typeof(InvalidOperationException);

    private static string? First(Exception exception, Func<Exception, string?> describe) =>
        Chain(exception).Select(describe).FirstOrDefault(words => words is not null);

    private static IEnumerable<Exception> Chain(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
            yield return cause;
    }
}
