using System.Text.Json;
using Podcast.Contracts;

namespace Podcast.FaultRunner.Listening;

/// <summary>A message that a service published, as a subscriber receives it.</summary>
/// <param name="MessageId">The message's id, which copies share.</param>
/// <param name="Exchange">The exchange, which names the type of message: <c>podcast.task-failed</c>.</param>
/// <param name="Kind">The kind of task that the message is about; null if it is about none.</param>
internal sealed record Heard(Guid MessageId, string Exchange, Guid EpisodeId, TaskKind? Kind, int? Attempt, string? IttybitTaskId)
{
    public const string Prefix = "podcast.";

    /// <summary>Reads MassTransit's envelope; null if the message has none.</summary>
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
            message.TryGetProperty("task", out var task) ? TaskKindNames.Parse(task.GetString()) : null,
            message.TryGetProperty("attempt", out var attempt) ? attempt.GetInt32() : null,
            message.TryGetProperty("ittybitTaskId", out var ittybit) ? ittybit.GetString() : null);
    }
}

/// <summary>A published <see cref="EpisodeChanged"/>, the state of an episode after one change.</summary>
/// <param name="Body">The JSON of the message, unchanged.</param>
internal sealed record HeardSnapshot(Guid MessageId, EpisodeChanged Change, string Body);
