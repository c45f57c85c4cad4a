namespace Podcast.Batch.Data;

/// <summary>Applies what became of episodes: also before the send is recorded, from an earlier run, or when given up.</summary>
internal sealed class EpisodeEnds(Backlog backlog, Runner runner)
{
    private readonly TableShape table = backlog.Table;
    private readonly RowChanges rows = new(backlog);

    /// <summary>Ends the item of this episode, if there is one.</summary>
    public Task<SettleResult> End(string episode, Outcome ending, CancellationToken cancellationToken) => backlog.Database.Change(
        async connection =>
        {
            var now = backlog.Clock.GetUtcNow();
            var (id, state, runId) = await connection.QuerySingleOrDefaultAsync<(string? Id, string State, string? RunId)>(
                $"SELECT item_id, state, run_id FROM {table.Items} WHERE table_name = @Key AND task_id = @episode AND via = 'episode'",
                new { table.Key, episode });
            if (id is null)
                return new SettleResult(SettledAs.Nothing);

            // An item that was given up or released may still complete; otherwise the first outcome stays.
            const string Late = "state = 'free' OR state = 'settled' AND cause IS NOT NULL";
            if (!await rows.EndItem(connection, id, $"state IN ('claimed', 'sent') OR @Cause IS NULL AND ({Late})", ending, now))
                return new SettleResult(SettledAs.Nothing);

            var of = state switch
            {
                "settled" => SettledAs.GivenUp,
                "sent" => SettledAs.Sent,
                _ => runId == runner.RunId ? SettledAs.Sent : SettledAs.Unsent,
            };
            if (await rows.End(connection, id, of == SettledAs.GivenUp ? Status.Failed : Status.Dispatched, ending, now))
                return new SettleResult(of, id);
            if (await rows.End(connection, id, Status.Pending, ending, now))
                return new SettleResult(of == SettledAs.GivenUp ? SettledAs.Unsent : of, id);
            return new SettleResult(of, id, IsChanged: true);
        },
        cancellationToken);

    /// <summary>Records whether the episode is held, also before the send is recorded. True if this changed an item.</summary>
    public async Task<bool> Hold(string episode, bool isHeld, string? reason, CancellationToken cancellationToken) =>
        await backlog.Database.Execute(
            $"""
            UPDATE {table.Items} SET cause = @after, error = @error
            WHERE table_name = @Key AND task_id = @episode AND via = 'episode' AND state IN ('claimed', 'sent')
              AND {(isHeld ? "cause IS NULL" : $"cause = '{FailureCauses.Held}'")}
            """,
            new { table.Key, episode, after = isHeld ? FailureCauses.Held : null, error = isHeld ? reason : null },
            cancellationToken) == 1;
}

/// <summary>The result of applying an episode's event.</summary>
/// <param name="IsChanged">True if somebody else had changed the row; it was left unchanged.</param>
internal sealed record SettleResult(SettledAs Of, string Id = "", bool IsChanged = false);

/// <summary>The state in which an event found the item of its episode.</summary>
internal enum SettledAs
{
    Nothing, // there is no such item, or it had already ended
    Sent, // the item was sent, or claimed by this run
    Unsent, // the row is still pending, perhaps for another attempt, and this run has not reached it
    GivenUp, // the item had been marked as failed
}
