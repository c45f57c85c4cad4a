using Podcast.Batch.Reporting;

namespace Podcast.Batch.Cli;

/// <summary>The options of <c>run</c>, <c>plan</c> and <c>apply</c>. The defaults are the tutorial's where it has them.</summary>
internal sealed class RunOptions
{
    private readonly Option<int> batchSize = Number("--batch-size", 10, 1, 1000, "Number of tasks to dispatch per batch.");
    private readonly Option<Duration> delay = Time("--delay", "2s", "Time to wait between batches.");
    private readonly Option<Duration> pollInterval = Time("--poll-interval", "5s", "Time between status checks.");
    private readonly Option<int> concurrency = Number("--concurrency", 4, 1, 64, "Requests at once.");
    private readonly Option<double> rate = Of("--rate", 10d, "Requests per second at most, of any kind.");
    private readonly Option<Duration> deadline = Time(
        "--deadline", "6h", "An item whose task has not ended so long after it was sent has failed.");
    private readonly Option<Duration> patience = Time("--patience", "10m", "The run ends after so long without one good answer.");
    private readonly Option<Duration> grace = Time(
        "--grace", "30s", "How long a task may take to turn up at Ittybit after a request that got no answer.");
    private readonly Option<string> wait = Of("--wait", "poll", "Learn results by asking (poll) or from the gateway (webhooks).");
    private readonly Option<string?> reportTo = new("--report-to")
    {
        Description = "Ingest.Api's address: the console then shows the run. Its token is in PODCAST_TOKEN.",
        HelpName = "address",
    };

    private readonly Option<string> owner = Of("--owner", "backlog", "Whose the episodes are that --episodes makes.");
    private readonly Option<int> inFlight = Number("--in-flight", 20, 1, 1000, "Episodes of --episodes in the pipeline at once.");
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
        Check(reportTo, ReportAddress.Problem);
        Check(rate, word => double.TryParse(word, CultureInfo.InvariantCulture, out var rate) && rate is >= 0.01 and <= 1000
            ? null
            : "--rate must be from 0.01 to 1000 per second.");
        Check(kind, word => word.Length is > 0 and <= 40 && word.All(letter => char.IsAsciiLetterLower(letter) || letter == '_')
            ? null
            : $"--kind '{word}' is none of Ittybit's words: video, audio, image …");
    }

    public Option<int> Limit { get; } = Number("--limit", 0, 0, int.MaxValue, "Max items to process (0 = all).");

    public Option<bool> Earlier { get; } = new("--earlier") { Description = "Also wait for what an earlier run has dispatched." };

    public IEnumerable<Option> Pacing => [batchSize, delay, rate, .. Waiting];

    public IEnumerable<Option> Waiting => [pollInterval, concurrency, deadline, patience, grace, wait];

    public IEnumerable<Option> Reporting => [reportTo];

    public IEnumerable<Option> Task => [kind, width, format, quality, height, fps, bitrate, codec, channels, language];

    public IEnumerable<Option> Episodes => [owner, inFlight];

    /// <summary>Reads the options. Settings of options that the command lacks are 0 or empty.</summary>
    public RunSettings Read(ParseResult arguments)
    {
        return new RunSettings(
            Value(batchSize), Value(delay).Time, Value(pollInterval).Time, Value(Limit), Value(concurrency), Value(rate),
            Value(deadline).Time, Value(patience).Time, Value(grace).Time, Value(wait) == "webhooks", Value(owner), Value(inFlight),
            Value(Earlier),
            Value(reportTo) is { } address ? new Uri(address) : null,
            new TaskTemplate(
                Value(kind), Value(format), Value(codec), Value(quality), Value(language), Value(width), Value(height), Value(fps),
                Value(bitrate), Value(channels)).WithDefaults());

        T Value<T>(Option<T> option) => arguments.GetValue(option)!;
    }

    private static Option<T> Of<T>(string name, T otherwise, string description) => new(name)
    {
        Description = description,
        DefaultValueFactory = otherwise is null ? null : _ => otherwise,
    };

    private static Option<Duration> Time(string name, string otherwise, string description) => new(name)
    {
        Description = $"{description} Seconds, or 500ms, 15m, 6h.",
        HelpName = "time",
        DefaultValueFactory = _ => Duration.Parse(otherwise)!.Value,
        CustomParser = result =>
        {
            var text = result.Tokens is [var token] ? token.Value : "";
            var time = Duration.Parse(text);
            if (time is null)
                result.AddError($"{name} '{text}' is no time: use seconds, or 500ms, 15m, 6h, 2d.");
            return time ?? default;
        },
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
