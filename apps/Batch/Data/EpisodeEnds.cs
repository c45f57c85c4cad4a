using Dapper;

namespace Podcast.Batch.Data;

/// <summary>
/// The ends of episodes, whoever tells of them and when: before their being sent is noted, of an earlier run, or after they were given up
/// here.
/// </summary>
internal sealed class EpisodeEnds(Backlog backlog, Runner runner)
{
    private readonly ItemSql sql = backlog.Sql;
    private readonly TableShape table = backlog.Table;

    /// <summary>Ends the item that became this episode, if there is one.</summary>
    public Task<SettleResult> End(string episode, Outcome ending, CancellationToken cancellationToken) => backlog.Database.Change(
        async connection =>
        {
            var now = backlog.Clock.GetUtcNow();
            var row = await connection.QuerySingleOrDefaultAsync<ItemRow>(
                $"SELECT item_id AS \"Id\", state AS \"State\", run_id AS \"RunId\" FROM {sql.Items} WHERE table_name = @Key AND task_id = @episode AND via = 'episode'",
                new { table.Key, episode });
            if (row is null)
                return new SettleResult(SettledAs.Nothing);

            // What was given up, or never sent by us, may end well after all; nothing else changes an end.
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
    /// Notes that the episode is held, or no longer, if it is one of ours without an end: also before its being sent is noted, and
    /// for the runs that come after this one.
    /// </summary>
    /// <returns>Whether that is news.</returns>
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

/// <summary>What news of an episode came to.</summary>
/// <param name="IsChanged">Somebody else had changed the row, which stays as it is.</param>
internal sealed record SettleResult(SettledAs Of, string Id = "", bool IsChanged = false);

/// <summary>What news of an episode was about.</summary>
internal enum SettledAs
{
    /// <summary>None of ours, or known before.</summary>
    Nothing,

    /// <summary>One that was sent.</summary>
    Sent,

    /// <summary>One that waits to be sent, once more perhaps; this run has not come to it.</summary>
    Unsent,

    /// <summary>One that was given up.</summary>
    GivenUp,
}
