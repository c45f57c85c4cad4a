namespace Podcast.Emulators.Ittybit.MediaWork.Real;

/// <summary>Runs ffmpeg on a source and reports its progress.</summary>
internal sealed class Ffmpeg(IOptions<IttybitEmulatorOptions> options, ILogger<Ffmpeg> logger)
{
    private const string Position = "out_time_us=";

    /// <exception cref="TaskProblem">ffmpeg could not read the source.</exception>
    public async Task Run(
        OpenSource source, Excerpt? excerpt, IEnumerable<string> arguments, Action<double> progress, CancellationToken cancellationToken, Action<string>? report = null)
    {
        var length = excerpt?.Length ?? source.Media.Duration ?? TimeSpan.Zero;
        string[] all =
        [
            "-hide_banner", "-nostats", "-y", "-v", report is null ? "error" : "info", "-stats_period", "0.2", "-progress", "pipe:1",
            .. excerpt is { IsWhole: false } cut ? ["-ss", Seconds(cut.Start), "-t", Seconds(cut.Length)] : Array.Empty<string>(),
            "-protocol_whitelist", "file", "-i", "file:" + source.Path,
            .. arguments,
        ];

        var run = await Tool.Run(options.Value.Ffmpeg, all, line => Follow(line, length, progress), report, cancellationToken);
        if (run.ExitCode == 0)
            return;

        logger.ToolFailed(options.Value.Ffmpeg, run.ExitCode, run.LastError);
        throw new TaskProblem("corrupt: the source could not be decoded.");
    }

    public static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);

    private static void Follow(string line, TimeSpan length, Action<double> progress)
    {
        if (length > TimeSpan.Zero
            && line.StartsWith(Position, StringComparison.Ordinal)
            && long.TryParse(line.AsSpan(Position.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds))
            progress(Math.Clamp(microseconds / (length.TotalMilliseconds * 1000), 0, 1));
    }
}
