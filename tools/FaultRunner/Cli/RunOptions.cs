using System.CommandLine;
using System.Globalization;
using System.Numerics;
using Podcast.FaultRunner.BuiltIn;

namespace Podcast.FaultRunner.Cli;

/// <summary>The options of a run.</summary>
internal sealed class RunOptions
{
    private static readonly RunSettings usual = new();

    private readonly Option<int> episodes = Number("--episodes", usual.Episodes, 1, 100_000, "Episodes that are uploaded.");
    private readonly Option<int> seed = Number("--seed", usual.Seed, int.MinValue, int.MaxValue, "Decides all that is random.");
    private readonly Option<double> minutes = Amount("--minutes", usual.Trouble.TotalMinutes, 0.05, 1440, "Minutes of trouble.");
    private readonly Option<double> settle = Amount("--settle", usual.Settle.TotalMinutes, 0.1, 120, "Minutes that everything may take to end after that.");

    private readonly Option<bool> oneProcess = new("--one-process") { Description = "All services in one process." };
    private readonly Option<int> ingests = Number("--ingests", usual.Ingests, 1, 8, "Processes of Ingest.Api.");
    private readonly Option<int> orchestrators = Number("--orchestrators", usual.Orchestrators, 1, 8, "Processes of the orchestrator.");
    private readonly Option<int> processors = Number("--processors", usual.Processors, 1, 8, "Processes of the worker.");
    private readonly Option<int> gateways = Number("--gateways", usual.Gateways, 1, 8, "Processes of the webhook gateway.");

    private readonly Option<int> publishers = Number("--publishers", usual.Publishers, 1, 8, "Processes of the publisher.");
    private readonly Option<double> published = Percent(
        "--published", usual.Published, "Episodes of a show with channels; 0: no publishers. Not with --one-process.");

    private readonly Option<double> kills = Amount("--kill-every", usual.KillEvery.TotalSeconds, 0, 3600, "Seconds between two kills of services; 0: none.");
    private readonly Option<double> restarts = Amount("--restart-every", usual.RestartEvery.TotalSeconds, 0, 3600, "Seconds between two restarts of broker or database; 0: none.");
    private readonly Option<double> disturbs = Amount("--disturb-every", usual.DisturbEvery.TotalSeconds, 0, 3600, "Seconds between two other troubles; 0: none.");

    private readonly Option<double> duplicates = Percent("--duplicates", usual.Chaos.Duplicates, "Webhooks that come twice.");
    private readonly Option<double> drops = Percent("--drops", usual.Chaos.Drops, "Webhooks that never come.");
    private readonly Option<double> early = Percent("--early", usual.Chaos.Early, "Tasks whose end is told before their creation is answered.");
    private readonly Option<double> reordered = Percent("--reordered", usual.Chaos.Reordered, "Tasks whose beginning is told after their end.");
    private readonly Option<double> contradicted = Percent("--contradicted", usual.Chaos.Contradicted, "Completed tasks that are told to have failed as well.");
    private readonly Option<double> bare = Percent("--bare", usual.Chaos.Bare, "Completions that are told without the output.");
    private readonly Option<double> foreign = Percent("--foreign", usual.Chaos.ForeignElements, "Lists that hold elements that cannot be read.");
    private readonly Option<double> unpaid = Amount("--unpaid", usual.Chaos.Unpaid.TotalSeconds, 0, 15, "Seconds of 402 for creations once a minute; 0: none.");
    private readonly Option<double> forged = Percent("--forged", usual.Chaos.Forged, "Tasks about which somebody else lies.");
    private readonly Option<double> refused = Percent("--refused", usual.Chaos.Refused, "Requests answered 429 or 500.");
    private readonly Option<double> garbled = Percent("--garbled", usual.Chaos.Garbled, "Requests that are carried out and whose answer is lost or unreadable.");
    private readonly Option<double> failed = Percent("--failed", usual.Chaos.Failed, "Tasks that fail the first time.");
    private readonly Option<double> vanished = Percent("--vanished", usual.Chaos.Vanished, "Tasks that never end, or that the provider forgets.");
    private readonly Option<bool> noWebhooks = new("--no-webhooks") { Description = "No webhook ever comes." };

    private readonly Option<double> channelRefused = Percent(
        "--channel-refused", usual.Channels.Refused, "Requests to Transistor or YouTube answered 429 or 5xx.");
    private readonly Option<double> channelLost = Percent(
        "--channel-lost", usual.Channels.Lost, "Requests to them that are carried out and never answered.");
    private readonly Option<double> halved = Percent("--halved", usual.Channels.Halved, "Chunks of which YouTube keeps only a half.");
    private readonly Option<double> expired = Percent("--expired", usual.Channels.Expired, "Chunks at which the upload session expires.");
    private readonly Option<double> forgotten = Percent(
        "--forgotten", usual.Channels.Forgotten, "Complete uploads whose session is forgotten at once.");
    private readonly Option<double> swallowed = Percent(
        "--swallowed", usual.Channels.Swallowed, "Captions that are accepted and never appear.");
    private readonly Option<double> unusable = Percent("--unusable", usual.Channels.Unusable, "Items that a channel cannot process.");

    private readonly Option<double> echoes = Percent("--echoes", usual.Echoes, "Messages that come a second time.");
    private readonly Option<int> rate = Number("--rate", 0, 0, 10_000, "Calls to the provider per second at most; 0: no limit.");
    private readonly Option<int> skew = Number(
        "--clock-skew", (int)usual.ClockSkew.TotalSeconds, 0, 3600, "Seconds by which the clocks of the processes of a service are ahead and behind; 0: none.");
    private readonly Option<double> floor = Percent("--floor", usual.Floor, "Episodes that must be processed, of those that nothing stands against.");
    private readonly Option<BuiltInFault?> builtIn = new("--built-in") { Description = "Run with a deliberately broken host; the checker must find it." };
    private readonly Option<string?> logs = new("--logs") { Description = "Where the logs are kept. [default: a temporary directory, gone when all holds]" };

    public IEnumerable<Option> All =>
    [
        episodes, seed, minutes, settle, oneProcess, ingests, orchestrators, processors, gateways, publishers, published,
        kills, restarts, disturbs, duplicates, drops, early,
        reordered, contradicted, bare, foreign, unpaid, forged, refused, garbled, failed, vanished, noWebhooks,
        channelRefused, channelLost, halved, expired, forgotten, swallowed, unusable, echoes, rate, skew, floor, builtIn, logs,
    ];

    public RunSettings Read(ParseResult arguments) => new()
    {
        Episodes = arguments.GetValue(episodes),
        Seed = arguments.GetValue(seed),
        Trouble = TimeSpan.FromMinutes(arguments.GetValue(minutes)),
        Settle = TimeSpan.FromMinutes(arguments.GetValue(settle)),
        IsOneProcess = arguments.GetValue(oneProcess),
        Ingests = arguments.GetValue(ingests),
        Orchestrators = arguments.GetValue(orchestrators),
        Processors = arguments.GetValue(processors),
        Gateways = arguments.GetValue(gateways),
        Publishers = arguments.GetValue(publishers),
        Published = arguments.GetValue(published),
        KillEvery = TimeSpan.FromSeconds(arguments.GetValue(kills)),
        RestartEvery = TimeSpan.FromSeconds(arguments.GetValue(restarts)),
        DisturbEvery = TimeSpan.FromSeconds(arguments.GetValue(disturbs)),
        Chaos = new ProviderChaos
        {
            Duplicates = arguments.GetValue(duplicates),
            Drops = arguments.GetValue(noWebhooks) ? 100 : arguments.GetValue(drops),
            Early = arguments.GetValue(noWebhooks) ? 0 : arguments.GetValue(early), // none would ever come
            Reordered = arguments.GetValue(reordered),
            Contradicted = arguments.GetValue(contradicted),
            Bare = arguments.GetValue(bare),
            ForeignElements = arguments.GetValue(foreign),
            Unpaid = TimeSpan.FromSeconds(arguments.GetValue(unpaid)),
            Forged = arguments.GetValue(forged),
            Refused = arguments.GetValue(refused),
            Garbled = arguments.GetValue(garbled),
            Failed = arguments.GetValue(failed),
            Vanished = arguments.GetValue(vanished),
        },
        Channels = new ChannelChaos
        {
            Refused = arguments.GetValue(channelRefused),
            Lost = arguments.GetValue(channelLost),
            Halved = arguments.GetValue(halved),
            Expired = arguments.GetValue(expired),
            Forgotten = arguments.GetValue(forgotten),
            Swallowed = arguments.GetValue(swallowed),
            Unusable = arguments.GetValue(unusable),
        },
        Echoes = arguments.GetValue(echoes),
        Rate = arguments.GetValue(rate) is > 0 and var limit ? limit : null,
        ClockSkew = TimeSpan.FromSeconds(arguments.GetValue(skew)),
        Floor = arguments.GetValue(floor),
        BuiltIn = arguments.GetValue(builtIn),
        Logs = arguments.GetValue(logs),
    };

    private static Option<int> Number(string name, int otherwise, int least, int most, string description) =>
        Ranged(name, otherwise, least, most, description, "a whole number");

    private static Option<double> Percent(string name, double otherwise, string description) => Amount(name, otherwise, 0, 100, $"{description} In percent.");

    private static Option<double> Amount(string name, double otherwise, double least, double most, string description) =>
        Ranged(name, otherwise, least, most, description, "a number");

    private static Option<T> Ranged<T>(string name, T otherwise, T least, T most, string description, string what)
        where T : INumber<T>
    {
        var option = new Option<T>(name) { Description = description, DefaultValueFactory = _ => otherwise };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(T.TryParse(token.Value, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most))
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} must be {what} from {least} to {most}."));
        });
        return option;
    }
}
