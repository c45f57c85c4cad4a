using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Podcast.Ingest.Api.Data;

namespace Podcast.Ingest.Api.Tests.Fixtures;

/// <summary>Has another instance be faster, as often as a test says, for the history of one episode or its transcript.</summary>
internal sealed class Conflicts : SaveChangesInterceptor
{
    private readonly ConcurrentDictionary<Guid, int> left = [];

    public void Meet(Guid episodeId, int times) => left[episodeId] = times;

    public bool AreOver(Guid episodeId) => left[episodeId] == 0;

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        var entries = eventData.Context!.ChangeTracker.Entries().Select(entry => entry.Entity).ToArray();
        foreach (var id in entries.OfType<HistoryEntry>().Select(h => h.EpisodeId).Concat(entries.OfType<Transcript>().Select(t => t.EpisodeId)))
        {
            if (left.TryGetValue(id, out var times) && times > 0)
            {
                left[id] = times - 1;
                throw new DbUpdateConcurrencyException("Somebody was faster.");
            }
        }

        return ValueTask.FromResult(result);
    }
}
