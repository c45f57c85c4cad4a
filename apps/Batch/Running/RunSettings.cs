namespace Podcast.Batch.Running;

/// <summary>The settings of <c>run</c> and <c>apply</c>; <see cref="RunOptions"/> says what they mean.</summary>
/// <param name="Patience">When it ends the run, no item is marked as failed.</param>
/// <param name="HearsWebhooks">True to learn results from the webhook gateway, and to poll rarely in case one was lost.</param>
/// <param name="ReportTo">The address of Ingest.Api; null: nobody is told of the run.</param>
/// <param name="Owner">The <c>sub</c> of the owner's token.</param>
internal sealed record RunSettings(
    int BatchSize,
    TimeSpan Delay,
    TimeSpan PollInterval,
    int Limit,
    int Concurrency,
    double Rate,
    TimeSpan Deadline,
    TimeSpan Patience,
    TimeSpan Grace,
    bool HearsWebhooks,
    string Owner,
    int InFlight,
    bool Earlier,
    Uri? ReportTo,
    TaskTemplate Task);
