namespace Podcast.Batch.Data;

/// <summary>
/// Applies an episode's outcome to its item and row, also when it arrives before the send was recorded, from an earlier run, or
/// after the item was given up.
/// </summary>
internal sealed class EpisodeEnds(Backlog backlog, Runner runner)
{
    private readonly ItemSql sql = backlog.Sql;
    private readonly TableShape table = backlog.Table;

    /// <summary>Ends the item of this episode, if there is one.</summary>
    public Task<SettleResult> End(string episode, Outcome ending, CancellationToken cancellationToken) => backlog.Database.Change(
        async connection =>
        {
            var now = backlog.Clock.GetUtcNow();
            var row = await connection.QuerySingleOrDefaultAsync<ItemRow>(
                $"SELECT item_id AS \"Id\", state AS \"State\", run_id AS \"RunId\" FROM {sql.Items} WHERE table_name = @Key AND task_id = @episode AND via = 'episode'",
                new { table.Key, episode });
            if (row is null)
                return new SettleResult(SettledAs.Nothing);

            // An item that was given up or released may still complete; otherwise the first outcome stays.
            var ended = await connection.ExecuteAsync(
                $"""
                UPDATE {sql.Items} SET state = 'settled', settled_at = @now, cause = @Cause, error = @Error
                WHERE table_name = @Key AND item_id = @Id AND (
                    state IN ('claimed', 'sent') OR @Cause IS NULL AND (state = 'free' OR state = 'settled' AND cause IS NOT NULL))
                """,
                new { table.Key, row.Id, now = now.ToUnixTimeMilliseconds(), ending.Cause, ending.Error });
            if (ended == 0)
                return new SettleResult(SettledAs.Nothing);

            var of = row.State switch
            {
                "settled" => SettledAs.GivenUp,
                "sent" => SettledAs.Sent,
                _ => row.RunId == runner.RunId ? SettledAs.Sent : SettledAs.Unsent,
            };
            string[] from = of == SettledAs.GivenUp ? [Status.Failed, Status.Pending] : [Status.Dispatched, Status.Pending];
            foreach (var status in from)
            {
                var (update, parameters) = sql.Move(row.Id, status, ending.IsCompleted ? Status.Completed : Status.Failed, now, sql.Notes(ending, now));
                if (await connection.ExecuteAsync(update, parameters) == 1)
                    return new SettleResult(of == SettledAs.GivenUp && status == Status.Pending ? SettledAs.Unsent : of, row.Id);
            }

            return new SettleResult(of, row.Id, IsChanged: true);
        },
        cancellationToken);

    /// <summary>
    /// Records that the episode is held or no longer held, if it belongs to an item that has not ended. This also works before
    /// the send is recorded, and later runs see it.
    /// </summary>
    /// <returns>True if this changed the item.</returns>
    public async Task<bool> Hold(
        string episode, bool isHeld, string? reason, CancellationToken cancellationToken) => await backlog.Database.Use(
        connection => connection.ExecuteAsync(
            $"""
            UPDATE {sql.Items} SET cause = @after, error = @error
            WHERE table_name = @Key AND task_id = @episode AND via = 'episode' AND state IN ('claimed', 'sent')
              AND {(isHeld ? "cause IS NULL" : $"cause = '{FailureCauses.Held}'")}
            """,
            new { table.Key, episode, after = isHeld ? FailureCauses.Held : null, error = isHeld ? reason : null }),
        cancellationToken) == 1;

    private sealed record ItemRow
    {
        public string Id { get; init; } = "";

        public string State { get; init; } = "";

        public string? RunId { get; init; }
    }
}

/// <summary>The result of applying an episode's event.</summary>
/// <param name="IsChanged">True if somebody else had changed the row; it was left unchanged.</param>
internal sealed record SettleResult(SettledAs Of, string Id = "", bool IsChanged = false);

/// <summary>The state in which an event found the item of its episode.</summary>
internal enum SettledAs
{
    /// <summary>There is no such item, or it had already ended.</summary>
    Nothing,

    /// <summary>The item was sent, or claimed by this run.</summary>
    Sent,

    /// <summary>The row is still pending, perhaps for another attempt, and this run has not reached it.</summary>
    Unsent,

    /// <summary>The item had been marked as failed.</summary>
    GivenUp,
}
