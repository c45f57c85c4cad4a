using Podcast.Emulators.Ittybit.MediaWork.Real;

namespace Podcast.Emulators.Ittybit.MediaWork;

/// <summary>Detects which task kinds this machine can process with real tools; once, at the first use.</summary>
internal sealed class MediaTools
{
    private readonly IttybitEmulatorOptions options;
    private readonly Lazy<Task<IReadOnlyList<MediaPart>>> parts;

    public MediaTools(IOptions<IttybitEmulatorOptions> options)
    {
        this.options = options.Value;
        parts = new(Detect);
    }

    /// <summary>All task kinds, with the reason if one is simulated.</summary>
    public Task<IReadOnlyList<MediaPart>> Parts => parts.Value;

    /// <summary>The path of ffprobe; null if it is not installed or all work is simulated.</summary>
    public string? Ffprobe => IsSimulated ? null : Tool.Find(options.Ffprobe);

    private bool IsSimulated => options.Media == MediaWorkMode.Simulated;

    public async Task<WorkLane> LaneOf(string kind) =>
        (await Parts).Single(part => part.Kind == kind).IsReal ? WorkLane.Real : WorkLane.Simulated;

    private async Task<IReadOnlyList<MediaPart>> Detect()
    {
        if (IsSimulated)
            return [.. TaskKinds.All.Select(kind => new MediaPart(kind, Simulated: "the option Media says so"))];

        var encoders = await Encoders();
        var noFfmpeg = encoders is null ? $"{options.Ffmpeg} was not found" : null;
        var noPocketsphinx = Tool.Find(options.Pocketsphinx) is null ? $"{options.Pocketsphinx} was not found" : null;
        return
        [
            new MediaPart(TaskKinds.Audio, noFfmpeg ?? Missing(encoders!, "libmp3lame")),
            new MediaPart(TaskKinds.Video, noFfmpeg ?? Missing(encoders!, "libx264")),
            new MediaPart(TaskKinds.Speech, noFfmpeg ?? noPocketsphinx),
            new MediaPart(TaskKinds.Chapters, noFfmpeg),
        ];
    }

    private string? Missing(string encoders, string encoder) =>
        encoders.Contains($" {encoder} ", StringComparison.Ordinal) ? null : $"{options.Ffmpeg} has no {encoder}";

    private async Task<string?> Encoders()
    {
        if (Tool.Find(options.Ffmpeg) is not { } ffmpeg)
            return null;

        var lines = new List<string>();
        await Tool.Run(ffmpeg, ["-v", "error", "-encoders"], lines.Add, null, CancellationToken.None);
        return string.Join('\n', lines);
    }
}

/// <param name="Kind">A task kind.</param>
/// <param name="Simulated">The reason why it is simulated; null if real tools are used.</param>
internal sealed record MediaPart(string Kind, string? Simulated)
{
    public bool IsReal => Simulated is null;
}
