namespace Podcast.Emulators.Ittybit.Webhooks;

/// <summary>Stores webhooks and their outcomes: waiting, sending, delivered, refused, given_up or dropped.</summary>
internal sealed class WebhookQueue(StateFile state, TimeProvider clock)
{
    private long lookedAt;

    /// <summary>Set when a webhook is added.</summary>
    public Signal Changed { get; } = new();

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    public void Add(Webhook webhook, TimeSpan delay, bool isDropped = false)
    {
        state.Execute(
            """
            INSERT INTO webhooks (task_id, stage, about, sort, url, body, state, created_at, due_at, attempts_allowed)
            VALUES (@TaskId, @Stage, @About, @Sort, @Url, @Body, @state, @now, @due, @AttemptsAllowed)
            """,
            new
            {
                webhook.TaskId,
                webhook.Stage,
                webhook.About,
                webhook.Sort,
                webhook.Url,
                webhook.Body,
                webhook.AttemptsAllowed,
                state = isDropped ? "dropped" : "waiting",
                now = Now,
                due = Now + (long)delay.TotalMilliseconds,
            });
        Changed.Set();
    }

    /// <summary>Claims the next webhook that is due and for which no earlier stage of its task is pending.</summary>
    public Webhook? Claim() => state.Single<Webhook>(
        """
        UPDATE webhooks SET state = 'sending', attempts = attempts + 1 WHERE seq = (
            SELECT later.seq FROM webhooks later
            WHERE later.state = 'waiting' AND later.due_at <= @lookedAt AND NOT EXISTS (
                SELECT 1 FROM webhooks earlier
                WHERE earlier.task_id = later.task_id AND earlier.stage < later.stage AND earlier.state IN ('waiting', 'sending'))
            ORDER BY later.due_at, later.seq LIMIT 1)
        RETURNING seq, task_id AS taskId, stage, about, sort, url, body, attempts, attempts_allowed AS attemptsAllowed
        """,
        new { lookedAt = lookedAt = Now });

    /// <summary>
    /// The time until the next webhook is due. Those that were due at the last <see cref="Claim"/> wait for an earlier stage and
    /// do not count.
    /// </summary>
    public TimeSpan UntilNextDue()
    {
        var due = state.Single<long?>("SELECT min(due_at) FROM webhooks WHERE state = 'waiting' AND due_at > @lookedAt", new { lookedAt });
        return TimeSpan.FromMilliseconds(Math.Clamp(due - Now ?? 60_000, 0, 60_000));
    }

    public void Ended(Webhook webhook, string how, int? answer) => state.Execute(
        "UPDATE webhooks SET state = @how, answer = @answer, ended_at = @Now WHERE seq = @Seq", new { webhook.Seq, how, answer, Now });

    public void TryAgain(Webhook webhook, int? answer, TimeSpan delay) => state.Execute(
        "UPDATE webhooks SET state = 'waiting', answer = @answer, due_at = @due WHERE seq = @Seq",
        new { webhook.Seq, answer, due = Now + (long)delay.TotalMilliseconds });

    /// <summary>Queues the webhooks that a crash interrupted, because they may not have arrived.</summary>
    public void Requeue() => state.Execute("UPDATE webhooks SET state = 'waiting' WHERE state = 'sending'");
}

/// <param name="About">The reported <see cref="TaskState"/>.</param>
/// <param name="Attempts">The number of attempts, including the current one.</param>
internal sealed record Webhook(
    long Seq, string TaskId, WebhookStage Stage, string About, string Sort, string Url, string Body, long Attempts, long AttemptsAllowed)
{
    public const string Genuine = "genuine";
    public const string Copy = "copy";
    public const string ForgedSignature = "forged_signature";
    public const string NoSignature = "no_signature";
}

/// <summary>The order of the webhooks of one task: a later stage waits until the earlier ones are done.</summary>
internal enum WebhookStage : long
{
    Progress,
    End,
    After,
}
