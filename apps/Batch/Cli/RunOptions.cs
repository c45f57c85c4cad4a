namespace Podcast.Batch.Cli;

/// <summary>The options of <c>run</c>, <c>plan</c> and <c>apply</c> for rates, limits and tasks.</summary>
internal sealed class RunOptions
{
    private static readonly RunSettings Tutorial = new();

    private readonly Option<int> batchSize = Number("--batch-size", Tutorial.BatchSize, 1, 1000, "Number of tasks to dispatch per batch.");
    private readonly Option<TimeSpan?> delay = Time("--delay", Tutorial.Delay, "Time to wait between batches.");
    private readonly Option<TimeSpan?> pollInterval = Time("--poll-interval", Tutorial.PollInterval, "Time between status checks.");
    private readonly Option<int> concurrency = Number("--concurrency", Tutorial.Concurrency, 1, 64, "Requests at once.");
    private readonly Option<double> rate = Of("--rate", Tutorial.Rate, "Requests per second at most, of any kind.");
    private readonly Option<TimeSpan?> deadline = Time(
        "--deadline", Tutorial.Deadline, "An item whose task has not ended so long after it was sent has failed.");
    private readonly Option<TimeSpan?> patience = Time(
        "--patience", Tutorial.Patience, "The run ends after so long without one good answer.");
    private readonly Option<TimeSpan?> grace = Time(
        "--grace", Tutorial.Grace, "How long a task may take to turn up at Ittybit after a request that got no answer.");
    private readonly Option<string> wait = Of("--wait", "poll", "Learn results by asking (poll) or from the gateway (webhooks).");
    private readonly Option<string> owner = Of("--owner", Tutorial.Owner, "Whose the episodes are that --episodes makes.");
    private readonly Option<int> inFlight = Number(
        "--in-flight", Tutorial.InFlight, 1, 1000, "Episodes of --episodes in the pipeline at once.");
    private readonly Option<string> kind = Of("--kind", "video", "What is made: video, audio, image …");
    private readonly Option<string?> format = new("--format") { Description = "Container or text format. Of a video: mp4." };
    private readonly Option<string?> codec = new("--codec") { Description = "h264, h265, vp9, av1." };
    private readonly Option<string?> quality = new("--quality") { Description = "very_low … very_high. Of a video: high." };
    private readonly Option<string?> language = new("--language") { Description = "Spoken language, ISO 639-1." };
    private readonly Option<int?> width = Number<int?>("--width", null, 16, 16_384, "Pixels. Of a video: 1920.");
    private readonly Option<int?> height = Number<int?>("--height", null, 16, 16_384, "Pixels.");
    private readonly Option<int?> fps = Number<int?>("--fps", null, 1, 240, "Frames per second.");
    private readonly Option<int?> bitrate = Number<int?>("--bitrate", null, 8_000, 100_000_000, "Bits per second.");
    private readonly Option<int?> channels = Number<int?>("--channels", null, 1, 8, "Audio channels.");

    public RunOptions()
    {
        Check(wait, word => word is "poll" or "webhooks" ? null : "--wait must be poll or webhooks.");
        Check(rate, word => double.TryParse(word, CultureInfo.InvariantCulture, out var rate) && rate is >= 0.01 and <= 1000
            ? null
            : "--rate must be from 0.01 to 1000 per second.");
        Check(kind, word => word.Length is > 0 and <= 40 && word.All(letter => char.IsAsciiLetterLower(letter) || letter == '_')
            ? null
            : $"--kind '{word}' is none of Ittybit's words: video, audio, image …");
    }

    public Option<int> Limit { get; } = Number("--limit", Tutorial.Limit, 0, int.MaxValue, "Max items to process (0 = all).");

    public Option<bool> Earlier { get; } = new("--earlier") { Description = "Also wait for what an earlier run has dispatched." };

    /// <summary>The options for rate and waiting.</summary>
    public IEnumerable<Option> Pacing => [batchSize, delay, rate, .. Waiting];

    /// <summary>The options for time limits and for receiving results.</summary>
    public IEnumerable<Option> Waiting => [pollInterval, concurrency, deadline, patience, grace, wait];

    /// <summary>The parameters of the Ittybit tasks.</summary>
    public IEnumerable<Option> Task => [kind, width, format, quality, height, fps, bitrate, codec, channels, language];

    /// <summary>The options for episodes.</summary>
    public IEnumerable<Option> Episodes => [owner, inFlight];

    /// <summary>Reads the options; those that the command lacks have the value that .NET gives them, which it does not use.</summary>
    public RunSettings Read(ParseResult arguments) => new()
    {
        BatchSize = arguments.GetValue(batchSize),
        Delay = arguments.GetValue(delay) ?? Tutorial.Delay,
        PollInterval = arguments.GetValue(pollInterval) ?? Tutorial.PollInterval,
        Limit = arguments.GetValue(Limit),
        Concurrency = arguments.GetValue(concurrency),
        Rate = arguments.GetValue(rate),
        Deadline = arguments.GetValue(deadline) ?? Tutorial.Deadline,
        Patience = arguments.GetValue(patience) ?? Tutorial.Patience,
        Grace = arguments.GetValue(grace) ?? Tutorial.Grace,
        HearsWebhooks = arguments.GetValue(wait) == "webhooks",
        Owner = arguments.GetValue(owner) ?? Tutorial.Owner,
        InFlight = arguments.GetValue(inFlight),
        Earlier = arguments.GetValue(Earlier),
        Task = new TaskTemplate(
            arguments.GetValue(kind) ?? "video", arguments.GetValue(format), arguments.GetValue(codec), arguments.GetValue(quality),
            arguments.GetValue(language), arguments.GetValue(width), arguments.GetValue(height), arguments.GetValue(fps),
            arguments.GetValue(bitrate), arguments.GetValue(channels)).WithDefaults(),
    };

    private static Option<T> Of<T>(string name, T otherwise, string description) => new(name)
    {
        Description = description,
        DefaultValueFactory = otherwise is null ? null : _ => otherwise,
    };

    // No DefaultValueFactory, because the help would show the default in .NET's format.
    private static Option<TimeSpan?> Time(string name, TimeSpan otherwise, string description) => new(name)
    {
        Description = $"{description} Seconds, or 500ms, 15m, 6h. [default: {Durations.Words(otherwise)}]",
        CustomParser = Durations.Read,
        HelpName = "time",
    };

    private static Option<T> Number<T>(string name, T otherwise, int least, int most, string description)
    {
        var limits = most == int.MaxValue ? $", {least} or more" : $" from {least} to {most}";
        return Check(Of(name, otherwise, description), word =>
            int.TryParse(word, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
                ? null
                : $"{name} must be a number{limits}.");
    }

    private static Option<T> Check<T>(Option<T> option, Func<string, string?> problem)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && problem(token.Value) is { } words)
                result.AddError(words);
        });
        return option;
    }
}
