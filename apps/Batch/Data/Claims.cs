namespace Podcast.Batch.Data;

/// <summary>
/// Records each item before and after it is sent. A claim stays open from before the request until its outcome is known; before
/// an open claim of an earlier run is sent again, its task must be searched for.
/// </summary>
internal sealed class Claims(Backlog backlog, Runner runner, string refPrefix, string via)
{
    private readonly Database database = backlog.Database;
    private readonly TableShape table = backlog.Table;
    private readonly RowChanges rows = new(backlog);

    // An open claim of an earlier run is continued; what was released keeps its attempt; anything else begins a new one.
    // A different claimed_at means an earlier run, even if it lies in the future: the clock may have been set back.
    private string TakeOne => $"""
        INSERT INTO {table.Items} AS i (table_name, item_id, attempt, state, via, ref, run_id, claimed_at, task_id)
        VALUES (@Key, @Id, 1, 'claimed', @via, @refPrefix || @Id || '-1', @RunId, @now, @taskId)
        ON CONFLICT (table_name, item_id) DO UPDATE SET
            attempt = CASE WHEN i.state IN ('claimed', 'free') THEN i.attempt ELSE i.attempt + 1 END,
            ref = @refPrefix || @Id || '-' || CAST(CASE WHEN i.state IN ('claimed', 'free') THEN i.attempt ELSE i.attempt + 1 END AS text),
            via = CASE WHEN i.state = 'claimed' THEN i.via ELSE @via END,
            claimed_at = CASE WHEN i.state = 'claimed' THEN i.claimed_at ELSE @now END,
            state = 'claimed', run_id = @RunId,
            task_id = CASE WHEN i.state = 'claimed' THEN i.task_id ELSE @taskId END,
            checked_at = CASE WHEN i.state = 'claimed' THEN i.checked_at END,
            cause = CASE WHEN i.state = 'claimed' AND i.cause = '{FailureCauses.Held}' THEN i.cause END,
            error = CASE WHEN i.state = 'claimed' AND i.cause = '{FailureCauses.Held}' THEN i.error END,
            sent_at = NULL, settled_at = NULL, misses = 0
        RETURNING item_id AS id, @Url AS url, attempt, ref, claimed_at, coalesce(checked_at, claimed_at) AS tried_at,
            claimed_at <> @now AS is_open, via
        """;

    /// <summary>Claims those of the candidates that are still pending, in the given order.</summary>
    public Task<IReadOnlyList<Claim>> Take(IReadOnlyList<Candidate> candidates, CancellationToken cancellationToken) =>
        database.Change<IReadOnlyList<Claim>>(
            async connection =>
            {
                var claims = new List<Claim>();
                var now = backlog.Clock.GetUtcNow();
                foreach (var candidate in candidates)
                {
                    if (!await StillWaits(connection, candidate))
                        continue;

                    // An episode's id is known before it is announced: its events may be faster than the broker's confirmation.
                    var taskId = via == Via.Episode ? ItemGuid.OfEpisode(refPrefix, candidate.Id, candidate.Url!).ToString() : null;
                    claims.Add(await connection.QuerySingleAsync<Claim>(
                        TakeOne, new { table.Key, candidate.Id, candidate.Url, via, refPrefix, runner.RunId, now, taskId }));
                }

                return claims;
            },
            cancellationToken);

    /// <summary>
    /// Records that the item was sent. False if somebody else had changed the row meanwhile; the task's id is then kept only in
    /// the command's own table. If an event was faster and has ended the item, nothing is changed and the result is true.
    /// </summary>
    /// <exception cref="DbException">The task belongs to another item (<see cref="Database.IsDuplicate"/>), or the row does not
    /// accept the values (<see cref="Database.IsRowsFault"/>).</exception>
    public Task<bool> Sent(Claim claim, string taskId)
    {
        // Not cancelled: a task that Ittybit has accepted must be recorded.
        var now = backlog.Clock.GetUtcNow();
        return database.Change(
            async connection =>
            {
                var isOpen = await connection.ExecuteAsync(
                    $"""
                    UPDATE {table.Items} SET state = 'sent', task_id = @taskId, sent_at = @now, checked_at = NULL
                    WHERE table_name = @Key AND item_id = @Id AND state = 'claimed'
                    """,
                    new { table.Key, claim.Id, taskId, now }) == 1;
                var set = rows.Notes(claim.Attempt, now);
                set[table.Names.TaskId] = claim.Via == Via.Task ? taskId : null;
                return !isOpen || await rows.Move(connection, claim.Id, Status.Pending, Status.Dispatched, set);
            },
            CancellationToken.None);
    }

    /// <summary>Releases a claim that was certainly not accepted, so that the next claim does not search for its task.</summary>
    public Task<int> Release(Claim claim) => database.Execute(
        $"UPDATE {table.Items} SET state = 'free', run_id = NULL WHERE table_name = @Key AND item_id = @Id AND state = 'claimed'",
        new { table.Key, claim.Id },
        CancellationToken.None);

    /// <summary>Records the time of another try, after a request without an answer whose task was not found.</summary>
    public async Task<Claim> Again(Claim claim)
    {
        var now = backlog.Clock.GetUtcNow();
        await database.Execute(
            $"UPDATE {table.Items} SET checked_at = @now WHERE table_name = @Key AND item_id = @Id",
            new { table.Key, claim.Id, now },
            CancellationToken.None);
        return claim with { TriedAt = now };
    }

    /// <summary>Marks an item as failed that was not recorded as sent.</summary>
    /// <param name="isKnown">True if Ittybit certainly has no task. Else the claim stays open: its task is searched for.</param>
    public Task<bool> Refuse(string id, int attempt, string cause, string error, bool isKnown = true)
    {
        var state = isKnown ? "settled" : "claimed";
        var item = new { table.Key, id, attempt, state, via, runner.RunId, cause, error, now = backlog.Clock.GetUtcNow() };
        return database.Change(
            async connection =>
            {
                await connection.ExecuteAsync(
                    $"""
                    INSERT INTO {table.Items} (table_name, item_id, attempt, state, via, run_id, settled_at, cause, error)
                    VALUES (@Key, @id, @attempt, 'settled', @via, @RunId, @now, @cause, @error)
                    ON CONFLICT (table_name, item_id) DO UPDATE SET
                        state = @state, settled_at = @now, cause = @cause, error = @error, run_id = @RunId
                    """,
                    item);
                return await rows.Move(connection, id, Status.Pending, Status.Failed, rows.Notes(attempts: attempt, error: error));
            },
            CancellationToken.None);
    }

    /// <summary>The ids of the last 20 tasks of this table that were accepted before <paramref name="time"/>.</summary>
    public Task<IReadOnlyList<string>> AcceptedBefore(DateTimeOffset time, CancellationToken cancellationToken) => database.Query<string>(
        $"""
        SELECT task_id FROM {table.Items}
        WHERE table_name = @Key AND via = 'task' AND task_id IS NOT NULL AND sent_at < @time ORDER BY sent_at DESC LIMIT 20
        """,
        new { table.Key, time },
        cancellationToken);

    // Locks the item and then checks that its row is pending. An event may end an episode of an earlier run at the same time: it
    // changes the item first and the row second, so after the lock its change of the row is visible.
    private async Task<bool> StillWaits(DbConnection connection, Candidate candidate)
    {
        await connection.ExecuteAsync(
            $"UPDATE {table.Items} SET run_id = run_id WHERE table_name = @Key AND item_id = @Id", new { table.Key, candidate.Id });
        return await connection.ExecuteScalarAsync<bool>(
            $"SELECT EXISTS (SELECT 1 FROM {table.FullName} WHERE {table.Id} = {backlog.IdOf("@Id")} AND {table.State} = 'pending')",
            new { candidate.Id });
    }
}
