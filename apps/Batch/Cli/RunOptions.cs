using System.CommandLine.Parsing;

namespace Podcast.Batch.Cli;

/// <summary>The options of <c>run</c>, <c>plan</c> and <c>apply</c> for rates, limits and tasks.</summary>
internal sealed class RunOptions
{
    private static readonly RunSettings Tutorial = new();

    private readonly Option<int> batchSize = Number("--batch-size", Tutorial.BatchSize, 1, 1000, "Number of tasks to dispatch per batch.");
    private readonly Option<TimeSpan?> delay = Time("--delay", Tutorial.Delay, "Time to wait between batches.");
    private readonly Option<TimeSpan?> pollInterval = Time(
        "--poll-interval", Tutorial.PollInterval, "Time between status checks.");
    private readonly Option<int> limit = Number("--limit", Tutorial.Limit, 0, int.MaxValue, "Max items to process (0 = all).");
    private readonly Option<int> concurrency = Number("--concurrency", Tutorial.Concurrency, 1, 64, "Requests at once.");
    private readonly Option<double> rate = new("--rate") { Description = "Requests per second at most, of any kind.", DefaultValueFactory = _ => Tutorial.Rate };
    private readonly Option<TimeSpan?> deadline = Time(
        "--deadline", Tutorial.Deadline, "An item whose task has not ended so long after it was sent has failed.");
    private readonly Option<TimeSpan?> patience = Time(
        "--patience", Tutorial.Patience, "The run ends after so long without one good answer.");
    private readonly Option<TimeSpan?> grace = Time(
        "--grace", Tutorial.Grace, "How long a task may take to turn up at Ittybit after a request that got no answer.");
    private readonly Option<string> wait = new("--wait") { Description = "Learn results by asking (poll) or from the gateway (webhooks).", DefaultValueFactory = _ => "poll" };

    private readonly Option<string> owner = new("--owner") { Description = "Whose the episodes are that --episodes makes.", DefaultValueFactory = _ => Tutorial.Owner };
    private readonly Option<int> inFlight = Number("--in-flight", Tutorial.InFlight, 1, 1000, "Episodes of --episodes in the pipeline at once.");
    private readonly Option<bool> earlier = new("--earlier") { Description = "Also wait for what an earlier run has dispatched." };
    private readonly Option<string> kind = new("--kind") { Description = "What is made: video, audio, image …", DefaultValueFactory = _ => "video" };
    private readonly Option<string?> format = new("--format") { Description = "Container or text format. Of a video: mp4." };
    private readonly Option<string?> codec = new("--codec") { Description = "h264, h265, vp9, av1." };
    private readonly Option<string?> quality = new("--quality") { Description = "very_low … very_high. Of a video: high." };
    private readonly Option<string?> language = new("--language") { Description = "Spoken language, ISO 639-1." };
    private readonly Option<int?> width = Maybe("--width", 16, 16_384, "Pixels. Of a video: 1920.");
    private readonly Option<int?> height = Maybe("--height", 16, 16_384, "Pixels.");
    private readonly Option<int?> fps = Maybe("--fps", 1, 240, "Frames per second.");
    private readonly Option<int?> bitrate = Maybe("--bitrate", 8_000, 100_000_000, "Bits per second.");
    private readonly Option<int?> channels = Maybe("--channels", 1, 8, "Audio channels.");

    public RunOptions()
    {
        wait.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: not ("poll" or "webhooks") }])
                result.AddError("--wait must be poll or webhooks.");
        });
        rate.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(double.TryParse(token.Value, CultureInfo.InvariantCulture, out var rate) && rate is >= 0.01 and <= 1000))
                result.AddError("--rate must be from 0.01 to 1000 per second.");
        });
        kind.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (token.Value.Length is 0 or > 40 || !token.Value.All(letter => char.IsAsciiLetterLower(letter) || letter == '_')))
                result.AddError($"--kind '{token.Value}' is none of Ittybit's words: video, audio, image …");
        });
    }

    /// <summary>The options for rate and waiting.</summary>
    public IEnumerable<Option> Pacing => [batchSize, delay, rate, .. Waiting];

    /// <summary>The options for time limits and for receiving results.</summary>
    public IEnumerable<Option> Waiting => [pollInterval, concurrency, deadline, patience, grace, wait];

    /// <summary>The parameters of the Ittybit tasks.</summary>
    public IEnumerable<Option> Task => [kind, width, format, quality, height, fps, bitrate, codec, channels, language];

    public Option<int> Limit => limit;

    public Option<bool> Earlier => earlier;

    /// <summary>The options for episodes.</summary>
    public IEnumerable<Option> Episodes => [owner, inFlight];

    public RunSettings Read(ParseResult arguments) => new()
    {
        BatchSize = arguments.GetValue(batchSize),
        Delay = arguments.GetValue(delay) ?? Tutorial.Delay,
        PollInterval = arguments.GetValue(pollInterval) ?? Tutorial.PollInterval,
        Limit = Has(arguments, limit) ? arguments.GetValue(limit) : 0,
        Concurrency = arguments.GetValue(concurrency),
        Rate = arguments.GetValue(rate),
        Deadline = arguments.GetValue(deadline) ?? Tutorial.Deadline,
        Patience = arguments.GetValue(patience) ?? Tutorial.Patience,
        Grace = arguments.GetValue(grace) ?? Tutorial.Grace,
        Wait = arguments.GetValue(wait) == "webhooks" ? WaitFor.Webhooks : WaitFor.Poll,
        Owner = Has(arguments, owner) ? arguments.GetValue(owner)! : Tutorial.Owner,
        InFlight = Has(arguments, inFlight) ? arguments.GetValue(inFlight) : Tutorial.InFlight,
        Earlier = Has(arguments, earlier) && arguments.GetValue(earlier),
        Task = ReadTask(arguments),
    };

    private TaskTemplate ReadTask(ParseResult arguments) => !Has(arguments, kind)
        ? new TaskTemplate()
        : new TaskTemplate
        {
            Kind = arguments.GetValue(kind)!,
            Format = arguments.GetValue(format),
            Codec = arguments.GetValue(codec),
            Quality = arguments.GetValue(quality),
            Language = arguments.GetValue(language),
            Width = arguments.GetValue(width),
            Height = arguments.GetValue(height),
            Fps = arguments.GetValue(fps),
            Bitrate = arguments.GetValue(bitrate),
            Channels = arguments.GetValue(channels),
        }.WithDefaults();

    private static bool Has(ParseResult arguments, Option option) => arguments.CommandResult.Command.Options.Contains(option);

    // No DefaultValueFactory, because the help would show the default in .NET's format.
    private static Option<TimeSpan?> Time(string name, TimeSpan otherwise, string description) => new(name)
    {
        Description = $"{description} Seconds, or 500ms, 15m, 6h. [default: {Durations.Words(otherwise)}]",
        CustomParser = Durations.Read,
        HelpName = "time",
    };

    private static Option<int> Number(string name, int otherwise, int least, int most, string description)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => otherwise };
        option.Validators.Add(result => MustBe(result, name, least, most));
        return option;
    }

    private static Option<int?> Maybe(string name, int least, int most, string description)
    {
        var option = new Option<int?>(name) { Description = description };
        option.Validators.Add(result => MustBe(result, name, least, most));
        return option;
    }

    private static void MustBe(OptionResult result, string name, int least, int most)
    {
        if (result.Tokens is not [var token])
            return;
        if (!int.TryParse(token.Value, CultureInfo.InvariantCulture, out var number) || number < least || number > most)
            result.AddError(most == int.MaxValue ? $"{name} must be a number, {least} or more." : $"{name} must be a number from {least} to {most}.");
    }
}
