using System.ComponentModel.DataAnnotations;
using ValidationResult = System.ComponentModel.DataAnnotations.ValidationResult;

namespace Podcast.Outbox;

/// <summary>
/// Options of the outbox of one <c>DbContext</c>. The configuration section <c>Outbox</c> overrides values set in code:
/// <c>Outbox__SweepInterval=00:00:01</c>. The database's clock determines the age of rows, because the clocks of processes may
/// differ.
/// </summary>
public sealed class LeanOutboxOptions : IValidatableObject
{
    /// <summary>
    /// The interval of the sweep, which finds undelivered rows of other processes with one query. Commits of this process are
    /// delivered without waiting for it. 10 ms–10 min.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Unsent messages of another process that are older than this are assumed to be those of a dead one, and any process may send
    /// them. Must be longer than a slow send, otherwise messages are sent twice. 10 ms–1 h.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan LeftoverAge { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Outboxes or inbox rows per query. 1–10 000.</summary>
    [Range(1, 10_000)]
    public int BatchSize { get; set; } = 100;

    /// <summary>The time limit of one send, including the broker's confirmation. 10 ms–10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long rows of sent messages are collected before they are removed in one batch. 0–10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan RemoveDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long the inbox remembers a message, so that a duplicate is dropped. 1 s–30 days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan DuplicateDetectionWindow { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>The interval at which rows older than <see cref="DuplicateDetectionWindow"/> are removed. 10 ms–1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan CleanupInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// For a transport that is not durable (in memory), above zero: rows of sent messages are kept for this time, and at start
    /// all stored messages are sent again, marked with <c>MT-Redelivery-Count</c>. Inboxes drop those that were consumed, so
    /// <see cref="DuplicateDetectionWindow"/> must be longer. 0–1 day.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan KeepSent { get; set; }

    /// <summary>
    /// A message that cannot be sent is stored as a dead letter and sent again after 1, 2, 4 … 300 s, at most so many times; then
    /// an operator must release it. Attempts during which the broker is away or slow, or a queue is full, do not count. 1–1000.
    /// </summary>
    [Range(1, 1000)]
    public int MaxAttempts { get; set; } = 20;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (KeepSent >= DuplicateDetectionWindow)
            yield return new ValidationResult(
                "must be shorter than DuplicateDetectionWindow, or what is sent again after a start counts twice", [nameof(KeepSent)]);
    }
}
