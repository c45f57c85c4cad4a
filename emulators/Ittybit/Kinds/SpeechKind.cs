using Podcast.Emulators.Ittybit.MediaWork.Real;

namespace Podcast.Emulators.Ittybit.Kinds;

/// <summary>The spoken sentences as JSON: by pocketsphinx if they are English, or simulated.</summary>
internal sealed class SpeechKind(
    Ffmpeg ffmpeg, OutputFiles outputs, EmulatorDirectory directory, ChaosControl chaos, IOptions<IttybitEmulatorOptions> options,
    ILogger<SpeechKind> logger) : TaskKind("speech", outputs)
{
    private static readonly TimeSpan SentenceLength = TimeSpan.FromSeconds(6);

    public override IReadOnlyList<OptionRule> Options { get; } = [OptionRule.AnyText("language")];

    protected override bool NeedsSound => true;

    public override async Task<string?> Obstacle() =>
        await ffmpeg.Obstacle() ?? (Tool.Find(options.Value.Pocketsphinx) is null ? $"{options.Value.Pocketsphinx} was not found" : null);

    protected override async Task<StoredFile> Make(Job job)
    {
        var language = job.Options.Text("language") ?? "en";
        var segments = job.IsReal && language.StartsWith("en", StringComparison.OrdinalIgnoreCase)
            ? await Transcribe(job)
            : job.Evenly(SentenceLength, number => $"This is sentence {number} of a simulated transcript.", 0.5);
        var text = TimedText.Speech(job.Spoil(segments), language, chaos.Dial.Dialect);
        return Outputs.Describe(job.Task, "intelligence", "application/json", "json", Outputs.Text(text)) with
        {
            Duration = job.Seconds,
            Language = language,
        };
    }

    /// <summary>ffmpeg makes the 16 kHz sound that pocketsphinx requires, in the first tenth of the progress.</summary>
    private async Task<IReadOnlyList<Segment>> Transcribe(Job job)
    {
        var sound = directory.NewWorkFile(".wav");
        try
        {
            string[] arguments = ["-map", "0:a:0", "-ac", "1", "-ar", "16000", "-c:a", "pcm_s16le", "-f", "wav", "file:" + sound];
            await ffmpeg.Run(job, null, arguments, done => job.Progress(done * 0.1));

            var words = new SpokenWords();
            var run = await Tool.Run(options.Value.Pocketsphinx, ["-infile", sound, "-time", "yes"], Take, null, job.CancellationToken);
            if (run.ExitCode == 0)
                return words.Segments;

            logger.ToolFailed(options.Value.Pocketsphinx, run.ExitCode, run.LastError);
            throw new TaskProblem("internal_error: speech recognition failed.");

            void Take(string line)
            {
                words.Add(line);
                if (job.Source.Media.Duration is { TotalSeconds: > 0 and var length })
                    job.Progress(Math.Clamp(0.1 + (0.9 * words.End / length), 0.1, 1));
            }
        }
        finally
        {
            File.Delete(sound);
        }
    }
}
