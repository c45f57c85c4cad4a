using System.Text.Json;

namespace Podcast.Outbox;

/// <summary>
/// A message that could not be sent, with the reason; it no longer blocks other messages. It is sent again at
/// <see cref="RetryAt"/>; an operator who has removed the cause sets this to the current time.
/// </summary>
public sealed class DeadLetter
{
    /// <summary>The maximum length of <see cref="Reason"/>, in characters.</summary>
    internal const int LongestReason = 1000;

    /// <summary>The order of insertion.</summary>
    public long Id { get; set; }

    /// <summary>The message's own id.</summary>
    public Guid MessageId { get; set; }

    /// <summary>The URNs of its types, separated by semicolons.</summary>
    public string MessageType { get; set; } = "";

    /// <summary>Its destination address; null if it has none.</summary>
    public string? Destination { get; set; }

    /// <summary>Why the last attempt failed: the exception's type and message, at most 1000 characters.</summary>
    public string Reason { get; set; } = "";

    /// <summary>The number of failed attempts.</summary>
    public int Attempts { get; set; }

    /// <summary>When the first attempt failed, UTC.</summary>
    public DateTime SetAsideAt { get; set; }

    /// <summary>
    /// When the next attempt is due, UTC; null after <see cref="LeanOutboxOptions.MaxAttempts"/>: an operator must set it.
    /// </summary>
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

    /// <summary>Records a failed attempt. The delay before the next one doubles, up to five minutes.</summary>
    internal void Failed(Exception exception, DateTime now, int maxAttempts)
    {
        var reason = $"{exception.GetType().Name}: {exception.Message}";
        // Neither U+0000 nor half a surrogate pair can be stored; runes replace such a half.
        Reason = string.Concat(reason.EnumerateRunes().Where(rune => rune.Value != 0).Take(LongestReason));
        Attempts++;
        RetryAt = Attempts < maxAttempts ? now + TimeSpan.FromSeconds(Math.Min(300, Math.Pow(2, Attempts - 1))) : null;
    }
}
