namespace Podcast.Ingest.Api.Queues;

/// <summary>The queues of RabbitMQ.</summary>
/// <param name="Known">False if the API has no access to RabbitMQ's management API.</param>
internal sealed record QueuesView(bool Known, IReadOnlyList<QueueView> Queues);

/// <summary>A queue and its messages.</summary>
/// <param name="Kind">
/// <c>work</c>; <c>error</c>: its messages failed in every attempt; <c>skipped</c>: no consumer of the endpoint takes their type.
/// </param>
/// <param name="Messages">All of them; <paramref name="Ready"/> wait, <paramref name="Unacknowledged"/> are being worked on.</param>
internal sealed record QueueView(string Name, string Kind, long Messages, long Ready, long Unacknowledged, int Consumers)
{
    public const string Error = "_error", Skipped = "_skipped";

    public static QueueView Of(BrokerQueue queue) => new(
        queue.Name, queue.Name.EndsWith(Error, StringComparison.Ordinal) ? "error" : HoldsFailures(queue.Name) ? "skipped" : "work",
        queue.Messages, queue.MessagesReady, queue.MessagesUnacknowledged, queue.Consumers);

    public static bool HoldsFailures(string name) =>
        name.EndsWith(Error, StringComparison.Ordinal) || name.EndsWith(Skipped, StringComparison.Ordinal);
}

/// <summary>An error queue, with why its oldest messages failed.</summary>
internal sealed record FailedQueueView(QueueView Queue, IReadOnlyList<FaultView> Faults, IReadOnlyList<FailedMessage> Messages);

/// <summary>A cause, and how many of the messages failed for it.</summary>
/// <param name="Error">The type of the exception; null if there was none.</param>
/// <param name="Type">The type of the message; null if it could not be read.</param>
/// <param name="LastAt">When the newest of them failed, UTC.</param>
internal sealed record FaultView(string? Error, string Fault, string? Type, int Count, DateTime? LastAt);

/// <summary>The result of a return.</summary>
/// <param name="To">The queue in which they are now.</param>
/// <param name="Left">How many are still in the error queue.</param>
internal sealed record ReturnedView(string To, int Returned, long Left);
