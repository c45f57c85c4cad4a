using System.ComponentModel.DataAnnotations;

namespace Podcast.Processing;

/// <summary>Section <c>Processing</c>: retries, waits and limits of the calls to Ittybit.</summary>
public sealed class ProcessingOptions
{
    /// <summary>
    /// A command that is older than this when it arrives may have been executed already: its task is looked up before one is
    /// created, unless this process had the queue for two minutes when the command was sent, less than eight minutes ago. The
    /// outbox sends a message again if it could not mark it as sent, and a broker that crashed delivers messages again whose
    /// acknowledgement it had not stored, without the flag that says so. A command from the future has an unknown age, since the
    /// clocks differ: it counts as old.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan FreshFor { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// A command that is redelivered or repeated may still be executed by the process that consumed its queue before: its task is
    /// looked up only this long after we took the queue over. Must be longer than <see cref="IttybitOptions.CreateTimeout"/>, the
    /// longest time that a request of that process can take; see docs/decisions/0004.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan LookAfter { get; set; } = TimeSpan.FromSeconds(35);

    /// <summary>
    /// How often a task is looked up after the response to its creation got lost, while the lookups fail too; the waits begin
    /// with two seconds (or <see cref="LookAfter"/>, if that is shorter) and double.
    /// </summary>
    [Range(1, 10)]
    public int Looks { get; set; } = 4;

    /// <summary>
    /// The maximum number of pages of 100 tasks, newest first, that a lookup reads; usually one or two reach back to the time of
    /// the first command. If these do not, no task is created, and the lookup is repeated later.
    /// </summary>
    [Range(1, 1_000_000)]
    public int LookupPages { get; set; } = 1000;

    /// <summary>
    /// How long the news that Ittybit accepted a task waits for that of the episode's other tasks, so that one message brings all;
    /// zero: it does not wait.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan StartedDelay { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>The longest time for which a call that the lane refused is deferred.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How often Ittybit is asked for a task that it does not know before the task counts as lost.</summary>
    [Range(1, 20)]
    public int UnknownTaskTries { get; set; } = 3;

    /// <summary>The wait between two of these tries.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan UnknownTaskDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often describing a media object is tried before it is given up.</summary>
    [Range(1, 20)]
    public int DescribeTries { get; set; } = 3;

    /// <summary>The wait before the second of these tries; doubles with each further one.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan DescribeDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The maximum number of pages of 100 media objects, newest first, that are searched for an episode's media.
    /// </summary>
    [Range(1, 100)]
    public int MediaPages { get; set; } = 3;
}

/// <summary>Section <c>Outputs</c>: the limits for accepting an output.</summary>
public sealed class OutputOptions
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

    /// <summary>The allowed difference from <paramref name="source"/>, in seconds.</summary>
    internal double Tolerance(double source) => Math.Max(ToleranceSeconds, source * TolerancePercent / 100);
}
