using System.Globalization;
using Podcast.Contracts;

namespace Podcast.WebhookGateway.Receiving;

/// <summary>The path of a callback address, as it came: it names the attempt that the delivery is about.</summary>
internal sealed record Callback(string EpisodeId, string Task, string Attempt, string Token)
{
    /// <summary>What the path names; null when nothing of ours can have such a path.</summary>
    public TaskName? Name =>
        Guid.TryParse(EpisodeId, out var episodeId)
        && TaskKindWords.Parse(Task) is { } kind
        && int.TryParse(Attempt, NumberStyles.None, CultureInfo.InvariantCulture, out var attempt)
            ? new TaskName(episodeId, kind, attempt)
            : null;
}

/// <summary>One attempt at one task of one episode.</summary>
internal sealed record TaskName(Guid EpisodeId, TaskKind Kind, int Attempt);
