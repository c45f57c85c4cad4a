namespace Podcast.Emulators.Ittybit.MediaWork;

/// <summary>Validates the options of each kind as Ittybit documents them. Other options are echoed and ignored.</summary>
internal static class OptionRules
{
    private static readonly Dictionary<string, Rule[]> Rules = new()
    {
        [TaskKinds.Audio] =
        [
            OneOf("format", "mp3", "aac", "wav", "flac"), Between("bitrate", 32_000, 320_000), Between("channels", 1, 2), .. Excerpt,
        ],
        [TaskKinds.Video] =
        [
            OneOf("format", "mp4", "mov"), OneOf("codec", "h264"), OneOf("quality", "very_low", "low", "medium", "high", "very_high"),
            Between("width", 16, 4096), Between("height", 16, 2304), Between("fps", 1, 60), Between("bitrate", 300_000, 60_000_000), .. Excerpt,
        ],
        [TaskKinds.Speech] = [AnyText("language")],
        [TaskKinds.Chapters] = [OneOf("format", "vtt", "srt", "json")],
    };

    private static Rule[] Excerpt => [Between("start", 0, 1_000_000), Between("end", 0, 1_000_000)];

    /// <summary>The first invalid option; null if all are valid.</summary>
    public static OptionProblem? Check(string kind, JsonObject options) => Rules[kind]
        .Where(rule => options[rule.Name] is not null && !rule.Holds(new TaskOptions(options)))
        .Select(rule => new OptionProblem(rule.IsFormat ? "format_unsupported" : "request_invalid", $"{rule.Name} must be {rule.Wanted}."))
        .FirstOrDefault();

    private static Rule OneOf(string name, params string[] words) =>
        new(name, "one of " + string.Join(", ", words), options => words.Contains(options.Text(name)), name is "format" or "codec");

    private static Rule Between(string name, double least, double most) => new(
        name,
        string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"),
        options => options.Number(name) is { } number && number >= least && number <= most,
        IsFormat: false);

    private static Rule AnyText(string name) => new(name, "a text", options => options.Text(name) is not null, IsFormat: false);

    private sealed record Rule(string Name, string Wanted, Func<TaskOptions, bool> Holds, bool IsFormat);
}

/// <param name="Kind">Ittybit's word for the error.</param>
internal sealed record OptionProblem(string Kind, string Message);
