using System.ComponentModel.DataAnnotations;

namespace Podcast.Processing.Transcripts;

/// <summary>Section <c>Transcripts</c>: limits for downloading finished transcripts.</summary>
public sealed class TranscriptOptions
{
    /// <summary>Largest file that is downloaded, in bytes.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>
    /// Largest transcript that is published, in bytes of its message: text and lines. RabbitMQ 4 accepts 16 MiB by default.
    /// </summary>
    [Range(1024, 128 * 1024 * 1024)]
    public int MaxMessageBytes { get; set; } = 12 * 1024 * 1024;

    /// <summary>Timeout of the complete download.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);
}
