using Podcast.Hosting.Data;

namespace Podcast.Publishing.Transistor;

/// <summary>
/// Lets one process at a time look for a draft and make it. Commands come twice while the first is under way: a broker that loses a
/// consumer's connection gives its message to another one at once. Transistor has no key against repetitions, and cannot delete a draft.
/// </summary>
internal sealed class DraftClaims(PublishingDbContext database, TimeProvider clock)
{
    /// <summary>Longer than a request that a killed process has sent can be under way, and than turns of the lane.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private string Table => database.TableOf<DraftClaim>();

    /// <summary>By the database's clock, because those of the processes may differ. On SQLite there is one process.</summary>
    private string Now => database.Database.IsNpgsql() ? "clock_timestamp()" : "{3}";

    /// <summary>
    /// Returns the id of the publication's draft. Calls <paramref name="find"/>; if that returns null, calls <paramref name="make"/>. Only
    /// one process at a time does this for a publication. The claim of a process that was killed ends after a minute.
    /// </summary>
    /// <exception cref="StepException">
    /// Another process is at it, was killed at it less than a minute ago, or took over because the look took longer.
    /// </exception>
    public async Task<string> FindOrMake(
        Guid publicationId, Func<Task<string?>> find, Func<Task<string>> make, CancellationToken cancellationToken)
    {
        var claim = Guid.NewGuid();
        if (!await Take(publicationId, claim, cancellationToken))
            throw new StepException(StepOutcome.Later, "Another process makes the draft, or was killed while it did.");
        try
        {
            if (await find() is { } found)
                return found;
            if (!await Renew(publicationId, claim, cancellationToken))
                throw new StepException(StepOutcome.Later, "Another process makes the draft, because the look for it took too long.");
            return await make();
        }
        finally
        {
            var sql = $"DELETE FROM {Table} WHERE publication_id = {{0}} AND claim_id = {{1}}";
            await database.Database.ExecuteSqlRawAsync(sql, [publicationId, claim], CancellationToken.None);
        }
    }

    private Task<bool> Take(Guid publicationId, Guid claim, CancellationToken cancellationToken) => Execute(
        $$"""
        INSERT INTO {{Table}} AS claim (publication_id, claim_id, until) VALUES ({0}, {1}, {{Now}} + {2})
        ON CONFLICT (publication_id) DO UPDATE SET claim_id = excluded.claim_id, until = excluded.until WHERE claim.until < {{Now}}
        """,
        publicationId, claim, cancellationToken);

    private Task<bool> Renew(Guid publicationId, Guid claim, CancellationToken cancellationToken) => Execute(
        $$"""UPDATE {{Table}} SET until = {{Now}} + {2} WHERE publication_id = {0} AND claim_id = {1}""",
        publicationId, claim, cancellationToken);

    private async Task<bool> Execute(string sql, Guid publicationId, Guid claim, CancellationToken cancellationToken)
    {
        object[] values = [publicationId, claim, database.Stored(Lease)];
        if (!database.Database.IsNpgsql())
            values = [.. values, database.Stored(clock.GetUtcNow())];
        return await database.Database.ExecuteSqlRawAsync(sql, values, cancellationToken) == 1;
    }
}
