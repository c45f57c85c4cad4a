namespace Podcast.Emulators.Ittybit.Webhooks;

/// <summary>Queues the webhooks of a task. The dial can duplicate, drop or delay them, or add forged ones.</summary>
internal sealed class TaskWebhooks(WebhookQueue queue, WebhookBody body, ChaosControl chaos, IOptions<IttybitEmulatorOptions> options)
{
    public void Progress(EmulatedTask task)
    {
        if (task.WebhookUrl is { } url && !task.Fate.Reordered)
            Tell(task, url, WebhookStage.Progress, attempts: 1);
    }

    public void End(EmulatedTask task)
    {
        if (task.WebhookUrl is not { } url)
            return;

        var dial = chaos.Dial;
        var dice = chaos.OfTask(task.Number);
        if (dice.Hit(dial.ForgePercent, "forge"))
            Forge(task, url, dial, isSigned: dice.Hit(50, "forge_signed"));

        Tell(task, url, WebhookStage.End, options.Value.WebhookAttempts);

        if (task.Fate.Reordered)
            Tell(task.SeenAt(task.Updated, TimeSpan.MaxValue), url, WebhookStage.After, attempts: 1);
        if (task.State == TaskState.Completed && dice.Hit(dial.ContradictPercent, "contradict"))
            Tell(Opposite(task), url, WebhookStage.After, options.Value.WebhookAttempts);
    }

    private void Tell(EmulatedTask task, Uri url, WebhookStage stage, int attempts)
    {
        var dial = chaos.Dial;
        var dice = chaos.OfTask(task.Number);
        var which = $"{stage}/{task.State}/{task.Progress}";
        var isBare = task.State == TaskState.Completed && dice.Hit(dial.BareWebhookPercent, "bare");
        var webhook = new NewWebhook(task.Id, stage, task.State.ToString(), url, body.Write(isBare ? task with { Output = null } : task, dial))
        {
            Delay = TimeSpan.FromMilliseconds(dial.WebhookDelayMs),
            AttemptsAllowed = attempts,
            IsDropped = dice.Hit(dial.DropPercent, $"drop/{which}"),
        };
        queue.Add(webhook);

        if (webhook.IsDropped || !dice.Hit(dial.DuplicatePercent, $"duplicate/{which}"))
            return;

        var copy = webhook with
        {
            Sort = WebhookSort.Copy,
            AttemptsAllowed = 1,
            Delay = webhook.Delay + TimeSpan.FromMilliseconds(dial.DuplicateDelayMs),
        };
        for (var copies = dial.DuplicateCopies; copies > 0; copies--)
            queue.Add(copy);
    }

    /// <summary>Queues a false report in stage Progress, so that it is sent before the true one.</summary>
    private void Forge(EmulatedTask task, Uri url, ChaosDial dial, bool isSigned)
    {
        var lie = Opposite(task);
        queue.Add(new NewWebhook(task.Id, WebhookStage.Progress, lie.State.ToString(), url, body.Write(lie, dial))
        {
            Sort = isSigned ? WebhookSort.ForgedSignature : WebhookSort.NoSignature,
        });
    }

    private static EmulatedTask Opposite(EmulatedTask task) => task.State == TaskState.Completed
        ? task with { State = TaskState.Failed, Output = null, Error = "internal_error: this is not true" }
        : task with { State = TaskState.Completed, Output = task.Input, Error = null };
}
