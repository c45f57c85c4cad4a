using System.ComponentModel.DataAnnotations;

namespace Podcast.Emulators.Ittybit;

/// <summary>The Ittybit emulator's settings, section <c>Emulators:Ittybit</c>.</summary>
public sealed class IttybitEmulatorOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Emulators:Ittybit";

    /// <summary>
    /// The path below which everything is served: <c>{Prefix}/tasks</c>, <c>{Prefix}/files-host/…</c>,
    /// <c>{Prefix}/_emulator</c>. It starts with a slash and does not end with one.
    /// </summary>
    [RegularExpression("^(/[A-Za-z0-9._~-]+)+$", ErrorMessage = "{0} must look like /emulators/ittybit.")]
    public string Prefix { get; set; } = "/emulators/ittybit";

    /// <summary>
    /// The directory of state and files. Default: <c>emulators/ittybit</c> under <c>Data:Directory</c>. Only one process at a
    /// time can use it.
    /// </summary>
    public string Directory { get; set; } = "";

    /// <summary>Scheme, host and port of the URLs in answers and webhooks. Default: those of the request.</summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>The key of the webhook signatures. Do not use a real secret here; the default is public.</summary>
    [Required, MinLength(16)] public string WebhookSecret { get; set; } = "emulated-webhook-secret";

    /// <summary>The accepted bearer keys; clients may also sign URLs with them. Empty: every bearer key is accepted.</summary>
    public string[] ApiKeys { get; set; } = [];

    /// <summary>Whether outputs are made with the real tools or simulated.</summary>
    public MediaWorkMode Media { get; set; } = MediaWorkMode.WhereToolsExist;

    /// <summary>How long a simulated task takes.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")] public TimeSpan SimulatedTaskTime { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// If set, each simulated video has this many bytes or a few more, and of simulated videos and sounds no two are equal: players skip
    /// what differs. 0: they are as small as can be, and equal ones share a file.
    /// </summary>
    [Range(0, 1 << 30)] public int SimulatedVideoBytes { get; set; }

    /// <summary>The number of simulated tasks that run at the same time.</summary>
    [Range(1, 1000)] public int SimulatedConcurrency { get; set; } = 64;

    /// <summary>The number of real tasks that run at the same time. It is low because one encode uses all cores.</summary>
    [Range(1, 64)] public int Concurrency { get; set; } = 1;

    /// <summary>The time after which a running task fails.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")] public TimeSpan WorkLimit { get; set; } = TimeSpan.FromHours(2);

    /// <summary>
    /// If set, sources given by URL are not fetched: each is treated as a 1280x720 video with sound of this length.
    /// Meant for runs of thousands of tasks with URLs that nobody serves.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")] public TimeSpan? AssumedSourceLength { get; set; }

    /// <summary>The maximum size of an upload or a fetched source, in bytes.</summary>
    [Range(1, long.MaxValue)] public long MaxUploadBytes { get; set; } = 5L * 1024 * 1024 * 1024;

    /// <summary>Percent of progress between two progress webhooks. 0: only the end is reported, as at Ittybit.</summary>
    [Range(0, 100)] public int ProgressStep { get; set; }

    /// <summary>The time within which a receiver must answer a webhook.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")] public TimeSpan WebhookTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The pause before the second attempt. It doubles with each further attempt.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")] public TimeSpan WebhookFirstRetry { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause between two attempts.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")] public TimeSpan WebhookLongestRetry { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The number of attempts after which a webhook is given up.</summary>
    [Range(1, 1000)] public int WebhookAttempts { get; set; } = 12;

    /// <summary>The number of webhooks that are sent at the same time.</summary>
    [Range(1, 1000)] public int WebhookConcurrency { get; set; } = 64;

    /// <summary>The ffmpeg program: a name on the PATH, or a path.</summary>
    [Required] public string Ffmpeg { get; set; } = "ffmpeg";

    /// <summary>The ffprobe program, which reads sources that are not MP4.</summary>
    [Required] public string Ffprobe { get; set; } = "ffprobe";

    /// <summary>The pocketsphinx program, which makes English transcripts.</summary>
    [Required] public string Pocketsphinx { get; set; } = "pocketsphinx_continuous";
}

/// <summary>How outputs are made.</summary>
public enum MediaWorkMode
{
    /// <summary>Each task kind uses its real tool if that is installed, and is simulated otherwise.</summary>
    WhereToolsExist,

    /// <summary>All task kinds are simulated: outputs are small valid files of the right length; no process is started.</summary>
    Simulated,
}
