namespace Podcast.Emulators.Ittybit.MediaWork.Real;

/// <summary>Runs ffmpeg on the source of a task and reports its progress.</summary>
internal sealed class Ffmpeg(IOptions<IttybitEmulatorOptions> options, EmulatorDirectory directory, ILogger<Ffmpeg> logger)
{
    private const string Position = "out_time_us=";

    private readonly Lazy<Task<string>> encoders = new(() => Encoders(options.Value.Ffmpeg));

    /// <summary>The reason why outputs cannot be made with that encoder here; null if they can.</summary>
    public async Task<string?> Obstacle(string? encoder = null)
    {
        var program = options.Value.Ffmpeg;
        if (Tool.Find(program) is null)
            return $"{program} was not found";
        return encoder is null || (await encoders.Value).Contains($" {encoder} ", StringComparison.Ordinal)
            ? null
            : $"{program} has no {encoder}";
    }

    /// <summary>Makes an output of the requested part of the source and returns the name of its blob.</summary>
    /// <exception cref="TaskProblem">ffmpeg could not read the source.</exception>
    public async Task<string> Encode(Job job, Excerpt excerpt, params string[] arguments)
    {
        var work = directory.NewWorkFile();
        try
        {
            await Run(job, excerpt, [.. arguments, "file:" + work], job.Progress);
            var blob = NewId.File();
            File.Move(work, directory.Blob(blob));
            return blob;
        }
        finally
        {
            File.Delete(work);
        }
    }

    /// <param name="excerpt">Null: the whole source.</param>
    /// <param name="report">Gets the lines of the error output, where filters write what they found.</param>
    /// <exception cref="TaskProblem">ffmpeg could not read the source.</exception>
    public async Task Run(Job job, Excerpt? excerpt, string[] arguments, Action<double> progress, Action<string>? report = null)
    {
        var length = excerpt?.Length ?? job.Source.Media.Duration ?? TimeSpan.Zero;
        string[] all =
        [
            "-hide_banner", "-nostats", "-y", "-v", report is null ? "error" : "info", "-stats_period", "0.2", "-progress", "pipe:1",
            .. excerpt is { IsWhole: false } cut ? ["-ss", Seconds(cut.Start), "-t", Seconds(cut.Length)] : Array.Empty<string>(),
            "-protocol_whitelist", "file", "-i", "file:" + job.Source.Path,
            .. arguments,
        ];

        var run = await Tool.Run(options.Value.Ffmpeg, all, line => Follow(line, length, progress), report, job.CancellationToken);
        if (run.ExitCode == 0)
            return;

        logger.ToolFailed(options.Value.Ffmpeg, run.ExitCode, run.LastError);
        throw new TaskProblem("corrupt: the source could not be decoded.");
    }

    private static async Task<string> Encoders(string program)
    {
        var encoders = new StringBuilder();
        await Tool.Run(program, ["-v", "error", "-encoders"], line => encoders.AppendLine(line), null, CancellationToken.None);
        return encoders.ToString();
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);

    private static void Follow(string line, TimeSpan length, Action<double> progress)
    {
        if (length > TimeSpan.Zero
            && line.StartsWith(Position, StringComparison.Ordinal)
            && long.TryParse(line.AsSpan(Position.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds))
            progress(Math.Clamp(microseconds / (length.TotalMilliseconds * 1000), 0, 1));
    }
}
