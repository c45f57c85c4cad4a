namespace Podcast.Ingest.Api.Uploads;

/// <summary>Section <c>Uploads</c>.</summary>
public sealed class UploadOptions
{
    /// <summary>How long an upload address is valid. A long video over a slow line needs hours.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan AddressLifetime { get; set; } = TimeSpan.FromHours(6);

    /// <summary>How long a confirmation waits for Ittybit's answer whether it has the file.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan CheckTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long the submission of an address waits for the DNS lookup; after that the address is accepted unresolved.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan LookupTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// If the orchestrator has sent no snapshot of an accepted upload after this time, the upload is announced again. The gaps
    /// between further announcements double, because every repetition adds a message to a queue that may only be slow.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan AnnounceAgainAfter { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest gap between two announcements of one upload.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan MaxAnnounceGap { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The interval of the sweep for such uploads.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the answer to a request with an <c>Idempotency-Key</c> is kept.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "90.00:00:00")]
    public TimeSpan RememberAnswersFor { get; set; } = TimeSpan.FromHours(24);
}
