using System.ComponentModel.DataAnnotations;

namespace Podcast.Ingest.Api.Uploads;

/// <summary>Section <c>Uploads</c>.</summary>
public sealed class UploadOptions
{
    /// <summary>How long an address for an upload is good. A long video over a slow line needs hours.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan AddressLifetime { get; set; } = TimeSpan.FromHours(6);

    /// <summary>How long a confirmation waits for Ittybit to say whether it has the file.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan CheckTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a submitted address waits for its name to be looked up; after that it is taken without.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan LookupTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// An accepted upload that the orchestrator has not taken up after this long is announced again. The gaps between further
    /// announcements double: each one waits in the same queue, and what is only slow must not be made slower.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan AnnounceAgainAfter { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest gap between two announcements of one upload.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan MaxAnnounceGap { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How often to look for such uploads.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the answer to a request with an <c>Idempotency-Key</c> is remembered.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "90.00:00:00")]
    public TimeSpan RememberAnswersFor { get; set; } = TimeSpan.FromHours(24);
}
