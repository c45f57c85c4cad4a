namespace Podcast.Emulators.Ittybit.MediaWork.Real;

/// <summary>Transcribes English speech: ffmpeg makes the 16 kHz sound that pocketsphinx requires.</summary>
internal sealed class Transcriber(Ffmpeg ffmpeg, EmulatorDirectory directory, IOptions<IttybitEmulatorOptions> options, ILogger<Transcriber> logger)
{
    public async Task<IReadOnlyList<Segment>> Transcribe(OpenSource source, Action<double> progress, CancellationToken cancellationToken)
    {
        var sound = directory.NewWorkFile(".wav");
        try
        {
            string[] arguments = ["-map", "0:a:0", "-ac", "1", "-ar", "16000", "-c:a", "pcm_s16le", "-f", "wav", "file:" + sound];
            await ffmpeg.Run(source, null, arguments, done => progress(done * 0.1), cancellationToken);

            var words = new SpokenWords();
            var length = source.Media.Duration?.TotalSeconds ?? 0;
            var run = await Tool.Run(options.Value.Pocketsphinx, ["-infile", sound, "-time", "yes"], Take, null, cancellationToken);
            if (run.ExitCode == 0)
                return words.Segments;

            logger.ToolFailed(options.Value.Pocketsphinx, run.ExitCode, run.LastError);
            throw new TaskProblem("internal_error: speech recognition failed.");

            void Take(string line)
            {
                words.Add(line);
                if (length > 0)
                    progress(Math.Clamp(0.1 + (0.9 * words.End / length), 0.1, 1));
            }
        }
        finally
        {
            File.Delete(sound);
        }
    }
}
