using System.ComponentModel.DataAnnotations;

namespace Podcast.Processing.Inspecting;

/// <summary>Section <c>Outputs</c>: the limits for accepting an output.</summary>
public sealed class InspectionOptions
{
    /// <summary>
    /// Allowed difference between the durations of output and source, in seconds; the larger of this and
    /// <see cref="TolerancePercent"/> applies.
    /// </summary>
    [Range(0.0, 3600.0)]
    public double ToleranceSeconds { get; set; } = 2;

    /// <summary>
    /// The same in percent of the source's duration; also the percentage of its reported size by which an output may be smaller.
    /// </summary>
    [Range(0.0, 100.0)]
    public double TolerancePercent { get; set; } = 1;

    /// <summary>Largest chapter file that is read, in bytes.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxChapterBytes { get; set; } = 1024 * 1024;

    /// <summary>Timeout of a request to the server of an output.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Rounds in which the check waits for an output that its server does not serve (403, 404: not replicated yet), or serves as
    /// a web page or smaller than reported; after them it is an objection. For an optional output, the limit
    /// applies to every transient error except a closed lane.
    /// </summary>
    [Range(0, 100)]
    public int PatientRounds { get; set; } = 3;
}
