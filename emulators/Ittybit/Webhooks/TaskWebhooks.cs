namespace Podcast.Emulators.Ittybit.Webhooks;

/// <summary>Queues the webhooks of a task. The dial can duplicate, drop or delay them, or add forged ones.</summary>
internal sealed class TaskWebhooks(WebhookQueue queue, WebhookBody body, ChaosControl chaos, IOptions<IttybitEmulatorOptions> options)
{
    public void Progress(EmulatedTask task)
    {
        if (task.WebhookUrl is not null && !task.Fate.Reordered)
            Tell(task, WebhookStage.Progress, attempts: 1);
    }

    public void End(EmulatedTask task)
    {
        if (task.WebhookUrl is null)
            return;

        var dial = chaos.Dial;
        var dice = chaos.OfTask(task.Number);
        if (dice.Hit(dial.ForgePercent, "forge"))
        {
            // In stage Progress, so that it is sent before the true one.
            var lie = Of(Opposite(task), WebhookStage.Progress, attempts: 1);
            queue.Add(lie with { Sort = dice.Hit(50, "forge_signed") ? Webhook.ForgedSignature : Webhook.NoSignature }, TimeSpan.Zero);
        }

        Tell(task, WebhookStage.End, options.Value.WebhookAttempts);

        if (task.Fate.Reordered)
            Tell(task.SeenAt(task.Updated, TimeSpan.MaxValue), WebhookStage.After, attempts: 1);
        if (task.State == TaskState.Completed && dice.Hit(dial.ContradictPercent, "contradict"))
            Tell(Opposite(task), WebhookStage.After, options.Value.WebhookAttempts);
    }

    private void Tell(EmulatedTask task, WebhookStage stage, int attempts)
    {
        var dial = chaos.Dial;
        var dice = chaos.OfTask(task.Number);
        var which = $"{stage}/{task.State}/{task.Progress}";
        var isBare = task.State == TaskState.Completed && dice.Hit(dial.BareWebhookPercent, "bare");
        var isDropped = dice.Hit(dial.DropPercent, $"drop/{which}");
        var webhook = Of(isBare ? task with { Output = null } : task, stage, attempts);
        var delay = TimeSpan.FromMilliseconds(dial.WebhookDelayMs);
        queue.Add(webhook, delay, isDropped);

        if (isDropped || !dice.Hit(dial.DuplicatePercent, $"duplicate/{which}"))
            return;

        for (var copies = dial.DuplicateCopies; copies > 0; copies--)
            queue.Add(webhook with { Sort = Webhook.Copy, AttemptsAllowed = 1 }, delay + TimeSpan.FromMilliseconds(dial.DuplicateDelayMs));
    }

    private Webhook Of(EmulatedTask task, WebhookStage stage, int attempts)
    {
        var url = task.WebhookUrl!.AbsoluteUri;
        return new Webhook(0, task.Id, stage, task.State.ToString(), Webhook.Genuine, url, body.Write(task, chaos.Dial), 0, attempts);
    }

    private static EmulatedTask Opposite(EmulatedTask task) => task.State == TaskState.Completed
        ? task with { State = TaskState.Failed, Output = null, Error = "internal_error: this is not true" }
        : task with { State = TaskState.Completed, Output = task.Input, Error = null };
}
