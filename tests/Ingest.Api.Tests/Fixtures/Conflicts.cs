using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Podcast.Ingest.Api.Data;

namespace Podcast.Ingest.Api.Tests.Fixtures;

/// <summary>Has another instance be faster, as often as a test says, for the history of one episode or its transcript.</summary>
internal sealed class Conflicts : SaveChangesInterceptor, IDbCommandInterceptor
{
    private readonly ConcurrentDictionary<Guid, int> left = [];
    private readonly ConcurrentDictionary<Guid, Action> under = [];

    public void Meet(Guid episodeId, int times) => left[episodeId] = times;

    public bool AreOver(Guid episodeId) => left[episodeId] == 0;

    /// <summary>Runs <paramref name="meanwhile"/> once, in the middle of the next transaction that writes history of the episode.</summary>
    public void During(Guid episodeId, Action meanwhile) => under[episodeId] = meanwhile;

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        foreach (var transcript in eventData.Context!.ChangeTracker.Entries<Transcript>())
            Meet(transcript.Entity.EpisodeId);
        return ValueTask.FromResult(result);
    }

    ValueTask<InterceptionResult<DbDataReader>> IDbCommandInterceptor.ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken)
    {
        if (command.CommandText.Contains("INSERT INTO", StringComparison.Ordinal)
            && command.CommandText.Contains("episode_history", StringComparison.Ordinal))
        {
            var rows = command.Parameters.Cast<DbParameter>().Select(parameter => $"{parameter.Value}").ToArray();
            foreach (var id in left.Keys.Concat(under.Keys).Where(id => rows.Any(row => row.Contains($"{id}", StringComparison.OrdinalIgnoreCase))))
                Meet(id);
        }

        return ValueTask.FromResult(result);
    }

    private void Meet(Guid episodeId)
    {
        if (under.TryRemove(episodeId, out var meanwhile))
            meanwhile();
        if (left.TryGetValue(episodeId, out var times) && times > 0)
        {
            left[episodeId] = times - 1;
            throw new DbUpdateConcurrencyException("Somebody was faster.");
        }
    }
}
