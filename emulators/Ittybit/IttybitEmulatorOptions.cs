using System.ComponentModel.DataAnnotations;

namespace Podcast.Emulators.Ittybit;

/// <summary>The Ittybit emulator's settings, section <c>Emulators:Ittybit</c>.</summary>
public sealed class IttybitEmulatorOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Emulators:Ittybit";

    /// <summary>Where the API lives: <c>{Prefix}/tasks</c>, <c>{Prefix}/files-host/…</c>, <c>{Prefix}/_emulator</c>. Starts with a slash, does not end with one.</summary>
    [RegularExpression("^(/[A-Za-z0-9._~-]+)+$", ErrorMessage = "{0} must look like /emulators/ittybit.")]
    public string Prefix { get; set; } = "/emulators/ittybit";

    /// <summary>State and files. Default: <c>emulators/ittybit</c> under <c>Data:Directory</c>. One process at a time.</summary>
    public string Directory { get; set; } = "";

    /// <summary>Scheme, host and port of the absolute URLs handed out. Default: those of the request.</summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>Signs the webhooks. Never a real secret: whoever reads this file knows the default.</summary>
    [Required, MinLength(16)]
    public string WebhookSecret { get; set; } = "emulated-webhook-secret";

    /// <summary>The bearer keys that are accepted, and that may sign URLs themselves. Empty: any key is.</summary>
    public string[] ApiKeys { get; set; } = [];

    /// <summary>Whether media is really made.</summary>
    public MediaWorkMode Media { get; set; } = MediaWorkMode.WhereToolsExist;

    /// <summary>How long a simulated task takes.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan SimulatedTaskTime { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Simulated tasks at once.</summary>
    [Range(1, 1000)]
    public int SimulatedConcurrency { get; set; } = 64;

    /// <summary>Really processed tasks at once: an encode takes every core it gets.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 1;

    /// <summary>The longest that one real task may take before it fails.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan WorkLimit { get; set; } = TimeSpan.FromHours(2);

    /// <summary>
    /// When set, sources given by URL are not fetched: each counts as a 1280x720 video with sound of this length.
    /// For runs of thousands of tasks whose URLs lead nowhere.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan? AssumedSourceLength { get; set; }

    /// <summary>The biggest upload or fetched source, in bytes.</summary>
    [Range(1, long.MaxValue)]
    public long MaxUploadBytes { get; set; } = 5L * 1024 * 1024 * 1024;

    /// <summary>Percent of progress between two progress webhooks. 0: only the end of a task is reported, as Ittybit documents it.</summary>
    [Range(0, 100)]
    public int ProgressStep { get; set; }

    /// <summary>A receiver must answer within this time.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan WebhookTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The pause before the second attempt; it doubles with each further one.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan WebhookFirstRetry { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause between two attempts.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan WebhookLongestRetry { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Attempts for one webhook, then it is given up.</summary>
    [Range(1, 1000)]
    public int WebhookAttempts { get; set; } = 12;

    /// <summary>Webhooks on their way at once.</summary>
    [Range(1, 1000)]
    public int WebhookConcurrency { get; set; } = 64;

    /// <summary>The ffmpeg to use: a name on the PATH or a path.</summary>
    [Required]
    public string Ffmpeg { get; set; } = "ffmpeg";

    /// <summary>The ffprobe to use, for sources that are not MP4.</summary>
    [Required]
    public string Ffprobe { get; set; } = "ffprobe";

    /// <summary>The pocketsphinx to use for transcripts (English).</summary>
    [Required]
    public string Pocketsphinx { get; set; } = "pocketsphinx_continuous";
}

/// <summary>Whether the emulator makes media or pretends to.</summary>
public enum MediaWorkMode
{
    /// <summary>Each part is made for real where its tool is installed, and simulated where it is not.</summary>
    WhereToolsExist,

    /// <summary>Everything is simulated: small well-formed files of the right length, no processes started.</summary>
    Simulated,
}
