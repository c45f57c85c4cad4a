using System.ComponentModel.DataAnnotations;
using Podcast.Ittybit;

namespace Podcast.Processing;

/// <summary>Section <c>Processing</c>: how hard and how patiently we work with Ittybit.</summary>
public sealed class ProcessingOptions
{
    /// <summary>
    /// A command that is older than this when it arrives may be a copy of one that was carried out (an outbox sends again what it could
    /// not mark as sent): its task is looked for before one is made.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan FreshFor { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// An order that the broker repeats, or that comes again, may be in the hands of the process that had its queue before: its task is
    /// looked for only so long after we took the queue over. Longer than <see cref="IttybitOptions.CreateTimeout"/>, the longest time that
    /// a request of that process can be on its way; see docs/decisions/0004.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan LookAfter { get; set; } = TimeSpan.FromSeconds(35);

    /// <summary>
    /// How often a task is looked for whose answer got lost, while Ittybit does not answer that either; the pauses begin with two seconds
    /// (or <see cref="LookAfter"/>, if that is shorter) and double.
    /// </summary>
    [Range(1, 10)]
    public int Looks { get; set; } = 4;

    /// <summary>
    /// Pages of 100 tasks, newest first, that are looked through for a task that may exist, at most: usually one or two reach back to
    /// when it was first asked for. If these do not, no task is made, and it is looked for again later.
    /// </summary>
    [Range(1, 1_000_000)]
    public int LookupPages { get; set; } = 1000;

    /// <summary>Longest wait of a task for Ittybit's lane before it tries again.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How often a task that Ittybit does not know is asked for before it counts as lost.</summary>
    [Range(1, 20)]
    public int UnknownTaskTries { get; set; } = 3;

    /// <summary>Between two of these tries.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan UnknownTaskDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often a media object is tried to be described before we let it be.</summary>
    [Range(1, 20)]
    public int DescribeTries { get; set; } = 4;

    /// <summary>Before the second of these tries; doubles each time.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan DescribeDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Pages of 100 media objects, newest first, that are looked through for the one of an episode.</summary>
    [Range(1, 100)]
    public int MediaPages { get; set; } = 3;
}
