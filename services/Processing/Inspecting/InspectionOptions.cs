using System.ComponentModel.DataAnnotations;

namespace Podcast.Processing.Inspecting;

/// <summary>Section <c>Outputs</c>: when an output is good enough.</summary>
public sealed class InspectionOptions
{
    /// <summary>How far an output's length may be off the source's, in seconds; the larger of this and <see cref="TolerancePercent"/> counts.</summary>
    [Range(0.0, 3600.0)]
    public double ToleranceSeconds { get; set; } = 2;

    /// <summary>The same in percent of the source's length; also how many percent of its described bytes an output may lack.</summary>
    [Range(0.0, 100.0)]
    public double TolerancePercent { get; set; } = 1;

    /// <summary>Largest file of chapters that is read, in bytes.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxChapterBytes { get; set; } = 1024 * 1024;

    /// <summary>Longest wait for an output's server.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Rounds in which an output that its server does not give out (403, 404: not everywhere yet), or gives out a page or
    /// less than was described, is waited for; after them it is an objection. An optional output is not waited for longer in any trouble.
    /// </summary>
    [Range(0, 100)]
    public int PatientRounds { get; set; } = 3;
}
