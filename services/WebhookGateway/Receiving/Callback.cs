namespace Podcast.WebhookGateway.Receiving;

/// <summary>The path of a callback address, as it came: it names the attempt that the delivery is about.</summary>
internal sealed record Callback(string EpisodeId, string Task, string Attempt, string Token)
{
    /// <summary>What the path names; null when nothing of ours can have such a path.</summary>
    public TaskAttempt? Name => TaskAttempt.Parse(EpisodeId, Task, Attempt);
}
