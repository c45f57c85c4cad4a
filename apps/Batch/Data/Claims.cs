using System.Data.Common;
using Dapper;

namespace Podcast.Batch.Data;

/// <summary>
/// What is written before something is sent and after. A claim is open from before the request until its outcome is known: whoever
/// finds an open one must look for its task before making another.
/// </summary>
internal sealed class Claims(Backlog backlog, Runner runner, string refPrefix, string via)
{
    private readonly IDatabase database = backlog.Database;
    private readonly TableShape table = backlog.Table;
    private readonly ItemSql sql = backlog.Sql;

    /// <summary>Claims those that have an address to send and still wait; the order stays.</summary>
    public Task<IReadOnlyList<Claim>> Take(IReadOnlyList<Candidate> candidates, CancellationToken cancellationToken) =>
        database.Change<IReadOnlyList<Claim>>(
            async connection =>
            {
                var claims = new List<Claim>();
                var now = Now();
                foreach (var candidate in candidates)
                {
                    if (!await StillWaits(connection, candidate))
                        continue;

                    // An episode is known by its id before it is told of: news of it may come before the answer of the broker.
                    var taskId = via == Via.Episode ? ItemGuid.Of(refPrefix + candidate.Id).ToString() : null;
                    var row = await connection.QuerySingleAsync<ClaimRow>(
                        $"""
                        INSERT INTO {sql.Items} AS i (table_name, item_id, attempt, state, via, ref, run_id, claimed_at, task_id)
                        VALUES (@Key, @Id, 1, 'claimed', @via, @refPrefix || @Id || '-1', @RunId, @now, @taskId)
                        ON CONFLICT (table_name, item_id) DO UPDATE SET
                            attempt = CASE WHEN i.state IN ('claimed', 'free') THEN i.attempt ELSE i.attempt + 1 END,
                            ref = @refPrefix || @Id || '-' || CAST(CASE WHEN i.state IN ('claimed', 'free') THEN i.attempt ELSE i.attempt + 1 END AS text),
                            via = CASE WHEN i.state = 'claimed' THEN i.via ELSE @via END,
                            claimed_at = CASE WHEN i.state = 'claimed' THEN i.claimed_at ELSE @now END,
                            tries = CASE WHEN i.state = 'claimed' THEN i.tries ELSE 0 END,
                            state = 'claimed', run_id = @RunId,
                            task_id = CASE WHEN i.state = 'claimed' THEN i.task_id ELSE @taskId END,
                            checked_at = CASE WHEN i.state = 'claimed' THEN i.checked_at END,
                            cause = CASE WHEN i.state = 'claimed' AND i.cause = '{FailureCauses.Held}' THEN i.cause END,
                            error = CASE WHEN i.state = 'claimed' AND i.cause = '{FailureCauses.Held}' THEN i.error END,
                            sent_at = NULL, settled_at = NULL, misses = 0
                        RETURNING attempt AS "Attempt", ref AS "Ref", claimed_at AS "ClaimedAt", tries AS "Tries", via AS "Via", checked_at AS "CheckedAt"
                        """,
                        new { table.Key, candidate.Id, via, refPrefix, runner.RunId, now, taskId });

                    // Not ours if it is of another moment, be that in the future: clocks are set back too.
                    claims.Add(new Claim(
                        candidate.Id, candidate.Url!, (int)row.Attempt, row.Ref, DateTimeOffset.FromUnixTimeMilliseconds(row.ClaimedAt),
                        DateTimeOffset.FromUnixTimeMilliseconds(row.CheckedAt ?? row.ClaimedAt), (int)row.Tries, row.ClaimedAt != now, row.Via));
                }

                return claims;
            },
            cancellationToken);

    /// <summary>
    /// It was taken. False: the row was changed meanwhile by somebody else; the task is noted beside it all the same. Of what has ended
    /// already, as the news of an episode may be faster, nothing is left to say.
    /// </summary>
    /// <exception cref="Exception">That task belongs to another item (<see cref="IDatabase.IsDuplicate"/>), or the row does not take it.</exception>
    public Task<bool> Sent(Claim claim, string taskId)
    {
        // Not to be interrupted: what Ittybit has accepted must be written down.
        var now = backlog.Clock.GetUtcNow();
        return database.Change(
            async connection =>
            {
                var isOpen = await connection.ExecuteAsync(
                    $"UPDATE {sql.Items} SET state = 'sent', task_id = @taskId, sent_at = @now WHERE table_name = @Key AND item_id = @Id AND state = 'claimed'",
                    new { table.Key, claim.Id, taskId, now = now.ToUnixTimeMilliseconds() });
                if (isOpen == 0)
                    return true;

                var set = sql.Notes(claim.Attempt, now);
                set[table.Names.TaskId] = claim.Via == Via.Task ? taskId : null;
                var (update, parameters) = sql.Move(claim.Id, Status.Pending, Status.Dispatched, now, set);
                return await connection.ExecuteAsync(update, parameters) == 1;
            },
            CancellationToken.None);
    }

    /// <summary>It was surely not accepted: the next claim need not look for it.</summary>
    public Task<int> Release(Claim claim) => database.Use(
        connection => connection.ExecuteAsync(
            $"UPDATE {sql.Items} SET state = 'free', run_id = NULL WHERE table_name = @Key AND item_id = @Id AND state = 'claimed'",
            new { table.Key, claim.Id }),
        CancellationToken.None);

    /// <summary>It is about to be sent once more, after nobody knew what became of it and nothing was found.</summary>
    public async Task<Claim> Again(Claim claim)
    {
        var now = Now();
        await database.Use(
            connection => connection.ExecuteAsync(
                $"UPDATE {sql.Items} SET tries = tries + 1, checked_at = @now WHERE table_name = @Key AND item_id = @Id",
                new { table.Key, claim.Id, now }),
            CancellationToken.None);
        return claim with { Tries = claim.Tries + 1, TriedAt = DateTimeOffset.FromUnixTimeMilliseconds(now) };
    }

    /// <summary>The row fails before Ittybit has it.</summary>
    /// <param name="isKnown">Whether it is known that Ittybit has no task: if not, a later attempt looks for one first.</param>
    public Task<bool> Refuse(string id, int attempt, string cause, string error, bool isKnown = true)
    {
        var now = backlog.Clock.GetUtcNow();
        return database.Change(
            async connection =>
            {
                await connection.ExecuteAsync(
                    $"""
                    INSERT INTO {sql.Items} (table_name, item_id, attempt, state, via, run_id, settled_at, cause, error)
                    VALUES (@Key, @id, @attempt, 'settled', @via, @RunId, @now, @cause, @error)
                    ON CONFLICT (table_name, item_id) DO UPDATE SET
                        state = @state, settled_at = @now, cause = @cause, error = @error, run_id = @RunId
                    """,
                    new
                    {
                        table.Key,
                        id,
                        attempt,
                        via,
                        runner.RunId,
                        cause,
                        error,
                        now = now.ToUnixTimeMilliseconds(),
                        state = isKnown ? "settled" : "claimed",
                    });
                var (update, parameters) = sql.Move(id, Status.Pending, Status.Failed, now, sql.Notes(attempts: attempt, error: error));
                return await connection.ExecuteAsync(update, parameters) == 1;
            },
            CancellationToken.None);
    }

    /// <summary>Tasks of this table that were accepted before <paramref name="time"/>, the newest few.</summary>
    public async Task<IReadOnlyList<string>> AcceptedBefore(DateTimeOffset time, CancellationToken cancellationToken) =>
        (await database.Use(
            connection => connection.QueryAsync<string>(
                $"""
                SELECT task_id FROM {sql.Items}
                WHERE table_name = @Key AND via = 'task' AND task_id IS NOT NULL AND sent_at < @time ORDER BY sent_at DESC LIMIT 20
                """,
                new { table.Key, time = time.ToUnixTimeMilliseconds() }),
            cancellationToken)).AsList();

    /// <summary>
    /// An end may be heard just now, of an episode that an earlier run has told of. It is written into the item and then into the row:
    /// so the item is locked first, and whoever looks at the row after that sees it.
    /// </summary>
    private async Task<bool> StillWaits(DbConnection connection, Candidate candidate)
    {
        await connection.ExecuteAsync(
            $"UPDATE {sql.Items} SET run_id = run_id WHERE table_name = @Key AND item_id = @Id", new { table.Key, candidate.Id });
        return await connection.ExecuteScalarAsync<long>(
            $"SELECT count(*) FROM {table.FullName} WHERE {sql.Is("@Id")} AND {sql.State} = 'pending'", new { candidate.Id }) > 0;
    }

    private long Now() => backlog.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed record ClaimRow
    {
        public long Attempt { get; init; }

        public string Ref { get; init; } = "";

        public long ClaimedAt { get; init; }

        public long Tries { get; init; }

        public string Via { get; init; } = "";

        public long? CheckedAt { get; init; }
    }
}
