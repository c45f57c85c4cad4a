using System.Text.Json;
using Podcast.Contracts;

namespace Podcast.FaultRunner.Listening;

/// <summary>A message that a service published, as any other subscriber would get it.</summary>
/// <param name="MessageId">Copies have the same.</param>
/// <param name="Exchange">What it is: <c>podcast.task-failed</c>.</param>
/// <param name="Kind">Of the task it is about.</param>
internal sealed record Heard(Guid MessageId, string Exchange, Guid EpisodeId, TaskKind? Kind, int? Attempt, string? IttybitTaskId)
{
    public const string Prefix = "podcast.";

    /// <summary>Null for what is no envelope of ours.</summary>
    public static Heard? Read(string exchange, JsonElement envelope)
    {
        if (!envelope.TryGetProperty("messageId", out var id) || !envelope.TryGetProperty("message", out var message))
            return null;
        if (exchange.StartsWith("podcast.fault.", StringComparison.Ordinal))
            message = message.GetProperty("message");

        return new Heard(
            id.GetGuid(),
            exchange,
            message.TryGetProperty("episodeId", out var episode) ? episode.GetGuid() : Guid.Empty,
            message.TryGetProperty("task", out var task) ? TaskKindWords.Parse(task.GetString()) : null,
            message.TryGetProperty("attempt", out var attempt) ? attempt.GetInt32() : null,
            message.TryGetProperty("ittybitTaskId", out var ittybit) ? ittybit.GetString() : null);
    }
}

/// <summary>An episode after one change, as it was published.</summary>
/// <param name="Body">Of the message, as it came.</param>
internal sealed record HeardSnapshot(Guid MessageId, EpisodeChanged Change, string Body);
