using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Podcast.Testing;

namespace Podcast.Outbox.Tests.Fixtures;

/// <summary>What EF asks the database.</summary>
internal sealed class Statements : DbCommandInterceptor
{
    private readonly Lock gate = new();
    private readonly List<string> all = [];

    /// <summary>Waits for the first look of an idle outbox; what starting up asked is before it.</summary>
    public Task Settle() => Eventually.Holds(() => Since(0).Count(statement => statement.Contains("CASE WHEN EXISTS")) > 3, "the outbox is idle");

    public IReadOnlyList<string> All => Since(0);

    /// <summary>Throws instead of asking what this says yes to.</summary>
    public Func<string, bool>? Refuses { get; set; }

    /// <summary>Waits for the next so many with these words.</summary>
    public async Task Says(string words, int times)
    {
        var from = Since(0).Count;
        await Eventually.Holds(() => Since(from).Count(statement => statement.Contains(words)) >= times, $"{times} statements with {words}");
    }

    /// <summary>The next so many.</summary>
    public async Task<IReadOnlyList<string>> Next(int count)
    {
        var from = Since(0).Count;
        await Eventually.Holds(() => Since(from).Count >= count, "statements");
        return Since(from);
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Note(command);
        return new(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Note(command);
        return new(result);
    }

    private IReadOnlyList<string> Since(int from)
    {
        lock (gate) return [.. all.Skip(from)];
    }

    private void Note(DbCommand command)
    {
        lock (gate) all.Add(command.CommandText);
        if (Refuses?.Invoke(command.CommandText) == true)
            throw new InvalidOperationException("The database does not like this statement");
    }
}
