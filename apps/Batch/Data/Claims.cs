namespace Podcast.Batch.Data;

/// <summary>
/// Records each item before and after it is sent. A claim stays open from before the request until its outcome is known; before
/// an open claim of an earlier run is sent again, its task must be searched for.
/// </summary>
internal sealed class Claims(Backlog backlog, Runner runner, string refPrefix, string via)
{
    private readonly IDatabase database = backlog.Database;
    private readonly TableShape table = backlog.Table;
    private readonly ItemSql sql = backlog.Sql;

    /// <summary>Claims those of the candidates that are still pending, in the given order.</summary>
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

                    // An episode's id is known before it is announced, and its events may arrive before the broker's
                    // confirmation.
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

                    // A different claimed_at means that an earlier run made this claim, even if it lies in the future: the clock
                    // may have been set back.
                    claims.Add(new Claim(
                        candidate.Id, candidate.Url!, (int)row.Attempt, row.Ref, DateTimeOffset.FromUnixTimeMilliseconds(row.ClaimedAt),
                        DateTimeOffset.FromUnixTimeMilliseconds(row.CheckedAt ?? row.ClaimedAt), (int)row.Tries, row.ClaimedAt != now, row.Via));
                }

                return claims;
            },
            cancellationToken);

    /// <summary>
    /// Records that the item was sent. False if somebody else had changed the row meanwhile; the task's id is then kept only in
    /// the command's own table. If the item has already ended, because an event was faster than this call, nothing is changed and
    /// the result is true.
    /// </summary>
    /// <exception cref="Exception">The task belongs to another item (<see cref="IDatabase.IsDuplicate"/>), or the row does not
    /// accept the values (<see cref="IDatabase.IsRowsFault"/>).</exception>
    public Task<bool> Sent(Claim claim, string taskId)
    {
        // Not cancelled: a task that Ittybit has accepted must be recorded.
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

    /// <summary>Releases a claim that was certainly not accepted, so that the next claim does not search for its task.</summary>
    public Task<int> Release(Claim claim) => database.Use(
        connection => connection.ExecuteAsync(
            $"UPDATE {sql.Items} SET state = 'free', run_id = NULL WHERE table_name = @Key AND item_id = @Id AND state = 'claimed'",
            new { table.Key, claim.Id }),
        CancellationToken.None);

    /// <summary>Records another try, after a request without an answer whose task was not found.</summary>
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

    /// <summary>Marks an item as failed that was not recorded as sent.</summary>
    /// <param name="isKnown">True if Ittybit certainly has no task. If false, the claim stays open and a later attempt searches
    /// for the task first.</param>
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

    /// <summary>The ids of the last 20 tasks of this table that were accepted before <paramref name="time"/>.</summary>
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
    /// Locks the item and then checks that its row is pending. An event may end an episode of an earlier run at the same time: it
    /// changes the item first and the row second, so after the lock its change of the row is visible.
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
