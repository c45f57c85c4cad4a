namespace Podcast.Emulators.Ittybit.Webhooks;

/// <summary>A webhook that is being sent.</summary>
/// <param name="About">The reported <see cref="Tasks.TaskState"/>.</param>
/// <param name="Attempts">The number of attempts, including the current one.</param>
internal sealed record Webhook(long Seq, string TaskId, long Stage, string About, string Sort, string Url, string Body, long Attempts, long AttemptsAllowed);

/// <summary>The order of the webhooks of one task: a later stage waits until the earlier ones are done.</summary>
internal enum WebhookStage
{
    Progress,
    End,
    After,
}

/// <summary>Whether a webhook is genuine, a copy or forged.</summary>
internal static class WebhookSort
{
    public const string Genuine = "genuine";
    public const string Copy = "copy";
    public const string ForgedSignature = "forged_signature";
    public const string NoSignature = "no_signature";
}
