namespace Podcast.Emulators.Ittybit.Webhooks;

/// <summary>One webhook on its way, as its queue knows it.</summary>
/// <param name="About">The state that it tells, in our words.</param>
/// <param name="Attempts">How many attempts there were, this one included.</param>
internal sealed record Webhook(long Seq, string TaskId, long Stage, string About, string Sort, string Url, string Body, long Attempts, long AttemptsAllowed);

/// <summary>The order among the webhooks of one task: a later stage waits for the earlier.</summary>
internal enum WebhookStage
{
    Progress,
    End,
    After,
}

/// <summary>Who a webhook is from.</summary>
internal static class WebhookSort
{
    public const string Genuine = "genuine";
    public const string Copy = "copy";
    public const string ForgedSignature = "forged_signature";
    public const string NoSignature = "no_signature";
}
