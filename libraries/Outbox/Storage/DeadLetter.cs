using System.Text.Json;
using MassTransit.EntityFrameworkCoreIntegration;

namespace Podcast.Outbox;

/// <summary>
/// A message that could not be sent, out of the way of the others, with the reason. It is tried again at <see cref="RetryAt"/>; a person
/// who has removed the cause sets that to now.
/// </summary>
public sealed class DeadLetter
{
    /// <summary>The order in which they were set aside.</summary>
    public long Id { get; set; }

    /// <summary>The message's own id.</summary>
    public Guid MessageId { get; set; }

    /// <summary>Its types' URNs.</summary>
    public string MessageType { get; set; } = "";

    /// <summary>Where it should have gone; null when it did not say.</summary>
    public string? Destination { get; set; }

    /// <summary>Why the last attempt failed: the exception's type and message, at most 1000 characters.</summary>
    public string Reason { get; set; } = "";

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; set; }

    /// <summary>When it failed first, UTC.</summary>
    public DateTime SetAsideAt { get; set; }

    /// <summary>When it is tried again, UTC; null: when a person says so.</summary>
    public DateTime? RetryAt { get; set; }

    /// <summary>The whole <see cref="OutboxMessage"/> as JSON.</summary>
    public string Message { get; set; } = "";

    internal static DeadLetter From(OutboxMessage message, DateTime now) => new()
    {
        MessageId = message.MessageId,
        MessageType = message.MessageType,
        Destination = message.DestinationAddress?.ToString(),
        SetAsideAt = now,
        Message = JsonSerializer.Serialize(message),
    };

    internal OutboxMessage Restore() => JsonSerializer.Deserialize<OutboxMessage>(Message)!;

    /// <summary>Another attempt failed: the next one waits twice as long, up to five minutes.</summary>
    internal void Failed(Exception exception, DateTime now, int maxAttempts)
    {
        var reason = $"{exception.GetType().Name}: {exception.Message}";
        Reason = reason.Length > 1000 ? reason[..1000] : reason;
        Attempts++;
        RetryAt = Attempts < maxAttempts ? now + TimeSpan.FromSeconds(Math.Min(300, Math.Pow(2, Attempts - 1))) : null;
    }
}
