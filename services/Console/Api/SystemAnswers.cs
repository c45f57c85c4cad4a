using System.Text.Json.Serialization;

namespace Podcast.OperatorsConsole.Api;

// What Ingest.Api tells of queues and outboxes. Times are UTC.

/// <summary>RabbitMQ's queues; none if the API has no access to the management API.</summary>
public sealed record Queues(bool Known, [property: JsonPropertyName("queues")] IReadOnlyList<QueueState> All);

/// <summary>A queue: <c>work</c>, <c>error</c> or <c>skipped</c>.</summary>
public sealed record QueueState(string Name, string Kind, long Messages, long Ready, long Unacknowledged, int Consumers);

/// <summary>An error queue, with why its oldest messages failed.</summary>
public sealed record FailedMessages(QueueState Queue, IReadOnlyList<Fault> Faults, IReadOnlyList<FailedMessage> Messages);

/// <summary>A cause, and how many of the messages failed for it.</summary>
public sealed record Fault(string? Error, [property: JsonPropertyName("fault")] string Text, string? Type, int Count, DateTime? LastAt);

/// <summary>A message that failed.</summary>
public sealed record FailedMessage(string? MessageId, string? Type, string? Error, string Fault, DateTime? At, string? Host, string Body);

/// <summary>How many messages were returned, whereto, and how many are left.</summary>
public sealed record Returned(string To, [property: JsonPropertyName("returned")] int Count, long Left);

/// <summary>The outboxes of the API's process and of the services that it asks.</summary>
public sealed record Outboxes([property: JsonPropertyName("outboxes")] IReadOnlyList<Outbox> All);

/// <summary>What waits in an outbox, with the newest messages that could not be sent; or why that is not known.</summary>
public sealed record Outbox(string Name, DateTime? WaitingSince, int SetAside, IReadOnlyList<SetAsideMessage> Messages, string? Problem);

/// <summary>A message that could not be sent.</summary>
public sealed record SetAsideMessage(
    long Id, Guid MessageId, string Type, string? Destination, string Reason, int Attempts, DateTime SetAsideAt, DateTime? RetryAt);

/// <summary>What operators did, newest first.</summary>
public sealed record AuditTrail(IReadOnlyList<AuditLine> Actions);

/// <summary>One action.</summary>
public sealed record AuditLine(DateTime At, string By, string Action, string Target, string? Why);
