using System.ComponentModel.DataAnnotations;

namespace Podcast.Processing.Transcripts;

/// <summary>Section <c>Transcripts</c>: how finished transcripts are fetched.</summary>
public sealed class TranscriptOptions
{
    /// <summary>Largest file that is read, in bytes.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Largest transcript that is passed on, in bytes of its message: text and lines. RabbitMQ 4 takes 16 MiB unless told otherwise.</summary>
    [Range(1024, 128 * 1024 * 1024)]
    public int MaxMessageBytes { get; set; } = 12 * 1024 * 1024;

    /// <summary>Longest wait for the whole of it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);
}
