using System.ComponentModel.DataAnnotations;

namespace Podcast.Outbox;

/// <summary>
/// The outbox of one <c>DbContext</c>. The section <c>Outbox</c> of the configuration is read too, after the code:
/// <c>Outbox__SweepInterval=00:00:01</c>. Ages of rows are judged by the database's clock, as those of processes may differ.
/// </summary>
public sealed class LeanOutboxOptions : IValidatableObject
{
    /// <summary>
    /// Between two looks for what nobody delivers: one query each. What this process commits does not wait for it. 10 ms–10 min.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// A consumer's messages that are still there after this time belong to a process that is gone: anybody may send them.
    /// Longer than a slow send, or they are sent twice. 10 ms–1 h.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan LeftoverAge { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Outboxes, or consumed messages, per query. 1–10 000.</summary>
    [Range(1, 10_000)]
    public int BatchSize { get; set; } = 100;

    /// <summary>How long one send may take, until the broker has confirmed it. 10 ms–10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long sent rows are collected before they are removed together. 0–10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan RemoveDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a message is remembered, so that a second delivery of it is dropped. 1 s–30 days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan DuplicateDetectionWindow { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Between two removals of what is older than <see cref="DuplicateDetectionWindow"/>. 10 ms–1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan CleanupInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Above zero for a transport that forgets (in memory): sent rows stay for this time, and all rows that are there at start are
    /// sent again, marked with <c>MT-Redelivery-Count</c>. Inboxes drop what was consumed, so <see cref="DuplicateDetectionWindow"/>
    /// must be longer. 0–1 day.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan KeepSent { get; set; }

    /// <summary>
    /// A message that cannot be sent is set aside and tried again after 1, 2, 4 … 300 s, so many times; then it waits for a person. A broker
    /// that is away or slow, or a queue that is full, counts for none of them. 1–1000.
    /// </summary>
    [Range(1, 1000)]
    public int MaxAttempts { get; set; } = 20;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (KeepSent >= DuplicateDetectionWindow)
            yield return new ValidationResult(
                "must be shorter than DuplicateDetectionWindow, or what is sent again after a start counts twice", [nameof(KeepSent)]);
    }
}
