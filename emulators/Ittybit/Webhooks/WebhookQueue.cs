namespace Podcast.Emulators.Ittybit.Webhooks;

/// <summary>Stores webhooks and their outcomes: waiting, sending, delivered, refused, given_up or dropped.</summary>
internal sealed class WebhookQueue(StateFile state, TimeProvider clock)
{
    private const string Returned = "seq, task_id AS taskId, stage, about, sort, url, body, attempts, attempts_allowed AS attemptsAllowed";

    /// <summary>Set when a webhook is added.</summary>
    public Signal Changed { get; } = new();

    private long lookedAt;

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    public void Add(NewWebhook webhook)
    {
        state.Change(db => db.Execute(
            """
            INSERT INTO webhooks (task_id, stage, about, sort, url, body, state, created_at, due_at, attempts_allowed)
            VALUES (@TaskId, @Stage, @About, @Sort, @Url, @Body, @State, @now, @now + @delay, @AttemptsAllowed)
            """,
            new
            {
                webhook.TaskId,
                Stage = (int)webhook.Stage,
                webhook.About,
                webhook.Sort,
                Url = webhook.Url.AbsoluteUri,
                webhook.Body,
                State = webhook.IsDropped ? "dropped" : "waiting",
                webhook.AttemptsAllowed,
                now = Now,
                delay = (long)webhook.Delay.TotalMilliseconds,
            }));
        Changed.Set();
    }

    /// <summary>Claims the next webhook that is due and for which no earlier stage of its task is pending.</summary>
    public Webhook? Claim() => state.Change(db => db.QuerySingleOrDefault<Webhook>(
        $"""
        UPDATE webhooks SET state = 'sending', attempts = attempts + 1 WHERE seq = (
            SELECT later.seq FROM webhooks later
            WHERE later.state = 'waiting' AND later.due_at <= @lookedAt AND NOT EXISTS (
                SELECT 1 FROM webhooks earlier
                WHERE earlier.task_id = later.task_id AND earlier.stage < later.stage AND earlier.state IN ('waiting', 'sending'))
            ORDER BY later.due_at, later.seq LIMIT 1)
        RETURNING {Returned}
        """,
        new { lookedAt = lookedAt = Now }));

    /// <summary>
    /// The time until the next webhook is due. Those that were due at the last <see cref="Claim"/> wait for an earlier stage and
    /// do not count.
    /// </summary>
    public TimeSpan UntilNextDue() => state.Read(db => db.QuerySingle<long?>(
        "SELECT min(due_at) FROM webhooks WHERE state = 'waiting' AND due_at > @lookedAt", new { lookedAt })) is { } due
        ? TimeSpan.FromMilliseconds(Math.Clamp(due - Now, 0, 60_000))
        : TimeSpan.FromMinutes(1);

    public void Ended(Webhook webhook, string how, int? answer) => state.Change(db => db.Execute(
        "UPDATE webhooks SET state = @how, answer = @answer, ended_at = @Now WHERE seq = @Seq", new { webhook.Seq, how, answer, Now }));

    public void TryAgain(Webhook webhook, int? answer, TimeSpan delay) => state.Change(db => db.Execute(
        "UPDATE webhooks SET state = 'waiting', answer = @answer, due_at = @due WHERE seq = @Seq",
        new { webhook.Seq, answer, due = Now + (long)delay.TotalMilliseconds }));

    /// <summary>Queues the webhooks that a crash interrupted, because they may not have arrived.</summary>
    public void Requeue() => state.Change(db => db.Execute("UPDATE webhooks SET state = 'waiting' WHERE state = 'sending'"));
}

/// <summary>A webhook to be queued.</summary>
internal sealed record NewWebhook(string TaskId, WebhookStage Stage, string About, Uri Url, string Body)
{
    public string Sort { get; init; } = WebhookSort.Genuine;

    public TimeSpan Delay { get; init; }

    public int AttemptsAllowed { get; init; } = 1;

    public bool IsDropped { get; init; }
}
