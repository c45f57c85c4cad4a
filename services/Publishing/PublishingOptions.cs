using System.ComponentModel.DataAnnotations;
using Podcast.Sweeping;

namespace Podcast.Publishing;

/// <summary>Section <c>Publishing</c>: chunks, waits, retries and sweeps.</summary>
public sealed class PublishingOptions
{
    /// <summary>The unit of YouTube's chunks: 256 KiB.</summary>
    public const int ChunkUnit = 256 * 1024;

    /// <summary>The bytes of a video that one message sends; a multiple of 262,144.</summary>
    [Range(ChunkUnit, 1024 * ChunkUnit)]
    public int ChunkSize { get; set; } = 32 * ChunkUnit;

    /// <summary>The time limit of one request that carries a chunk, a transcript or an image.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:30:00")]
    public TimeSpan TransferTimeout { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>The time limit of the upload of a whole MP3, in one request to an address that lives 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:30:00")]
    public TimeSpan AudioTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The time limit of a step, and when one without an answer is asked for again.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "06:00:00")]
    public TimeSpan UnansweredAfter { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The first wait for a channel that still processes a file; doubles with each further one.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan CheckAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest such wait.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "06:00:00")]
    public TimeSpan MaxCheckGap { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The wait after a failure that may pass; doubles with each further one.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest such wait.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "06:00:00")]
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Failures of one step in a row before a person must look.</summary>
    [Range(1, 1000)]
    public int MaxFailures { get; set; } = 20;

    /// <summary>The interval of the sweep for due publications; each run costs one cheap query.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The maximum number of publications that one query of the sweep claims.</summary>
    [Range(1, 10_000)]
    public int SweepBatchSize { get; set; } = 100;

    /// <summary>A claimed publication that was not handled is claimed again after this time.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ClaimLease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The interval at which the plan of uploads is made anew; each run reads the publications that are not finished.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan PlanInterval { get; set; } = TimeSpan.FromSeconds(5);

    internal SweepSettings Sweep => new(SweepInterval, SweepBatchSize, ClaimLease);
}
