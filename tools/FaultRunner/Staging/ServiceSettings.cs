using System.Globalization;
using Podcast.FaultRunner.Cli;
using Podcast.FaultRunner.Secrets;

namespace Podcast.FaultRunner.Staging;

/// <summary>
/// The settings of the services: the defaults, but with delays of seconds instead of minutes, so that they elapse within a run.
/// </summary>
internal static class ServiceSettings
{
    /// <summary>The user for whom the services accept requests without a token.</summary>
    public const string LocalUser = "alice";

    public static Dictionary<string, string> Of(Addresses addresses, PlantedSecrets secrets, string directory, RunSettings run) =>
        new(Pipeline(addresses, secrets, directory, run).Concat(PublishingSettings.Of(addresses, secrets, directory, run)), StringComparer.Ordinal);

    private static Dictionary<string, string> Pipeline(Addresses addresses, PlantedSecrets secrets, string directory, RunSettings run) => new()
    {
        ["ITTYBIT_API_KEY"] = secrets.ApiKey,
        ["Ittybit__BaseAddress"] = new Uri(addresses.Provider, "/emulators/ittybit").ToString(),
        ["Ittybit__CreateTimeout"] = Seconds(15),
        ["Ittybit__RetryDelay"] = Seconds(0.3),
        ["Webhooks__PublicUrl"] = addresses.Gateways.ToString(),
        ["Webhooks__Key"] = secrets.CallbackKey,
        ["Webhooks__Secrets__0"] = secrets.WebhookSecret,
        ["WebhookGateway__RequireSignature"] = "true",
        ["WebhookGateway__RetryAfter"] = Seconds(1),
        ["Sources__AllowLoopback"] = "true",
        ["Auth__LocalUser"] = LocalUser,
        ["Data__Directory"] = directory,
        ["Data__MigrateOnStart"] = run.IsOneProcess ? "true" : "false",

        ["Orchestrator__RetryDelay"] = Seconds(1),
        ["Orchestrator__MaxRetryDelay"] = Seconds(120),
        ["Orchestrator__MaxAttempts"] = "5",
        ["Orchestrator__MaxRefusals"] = "100",
        ["Orchestrator__UnansweredAfter"] = Seconds(60 + Differences(run)),
        ["Orchestrator__CheckAfter"] = Seconds(10),
        ["Orchestrator__MaxCheckGap"] = Seconds(30),
        ["Orchestrator__TaskDeadline"] = Seconds(90 + Differences(run)), // longer than both servers need to restart
        ["Orchestrator__EpisodeDeadline"] = Seconds(run.Trouble.TotalSeconds + (run.Settle.TotalSeconds * 0.8)),
        ["Orchestrator__SweepInterval"] = Seconds(0.5),
        ["Orchestrator__ClaimLease"] = Seconds(10),
        ["Outbox__SweepInterval"] = Seconds(0.5),
        ["Outbox__LeftoverAge"] = Seconds(5),
        ["Outbox__SendTimeout"] = Seconds(3),
        ["Outbox__DuplicateDetectionWindow"] = Seconds(12 * 3600), // the checker reads the inbox at the end of the run
        ["Uploads__AnnounceAgainAfter"] = Seconds(10),
        ["Uploads__SweepEvery"] = Seconds(2),
        ["Lanes__Ittybit__Rate"] = $"{run.Rate ?? 0}",
        ["Lanes__Ittybit__FirstProbe"] = Seconds(0.5),
        ["Lanes__Ittybit__LongestProbe"] = Seconds(2),
        ["Lanes__Ittybit__PauseWhenTooMany"] = Seconds(0.2),
        ["Lanes__Ittybit__Recovery"] = Seconds(10),
        ["Processing__LookAfter"] = Seconds(17), // longer than the time-out of a create call
        ["Processing__UnknownTaskDelay"] = Seconds(0.3),
        ["Processing__DescribeDelay"] = Seconds(0.5),
        ["Service__StopTimeout"] = Seconds(10),

        ["Emulators__Ittybit__ApiKeys__0"] = secrets.ApiKey,
        ["Emulators__Ittybit__WebhookSecret"] = secrets.WebhookSecret,
        ["Emulators__Ittybit__PublicUrl"] = addresses.Provider.ToString(),
        ["Emulators__Ittybit__Directory"] = Path.Combine(directory, "ittybit"),
        ["Emulators__Ittybit__Media"] = "Simulated",
        ["Emulators__Ittybit__SimulatedTaskTime"] = Seconds(run.TaskTime.TotalSeconds),
        ["Emulators__Ittybit__AssumedSourceLength"] = Seconds(24),
        ["Emulators__Ittybit__SimulatedVideoBytes"] = run.IsPublishing ? "900000" : "0", // a full chunk and a part
        ["Emulators__Ittybit__ProgressStep"] = "50",
        ["Emulators__Ittybit__WebhookFirstRetry"] = Seconds(0.5),
        ["Emulators__Ittybit__WebhookLongestRetry"] = Seconds(5),

        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = addresses.Telemetry.ToString(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "15000",
        ["DOTNET_TieredPGO"] = "0",
    };

    /// <summary>Extends deadlines that one process sets and another checks, by the difference of their clocks.</summary>
    internal static double Differences(RunSettings run) => run.IsOneProcess ? 0 : 2 * run.ClockSkew.TotalSeconds;

    internal static string Seconds(double seconds) => TimeSpan.FromSeconds(seconds).ToString("c", CultureInfo.InvariantCulture);
}

/// <summary>The addresses of provider, gateways and telemetry receiver.</summary>
/// <param name="Gateways">The address of the proxy in front of all gateways.</param>
internal sealed record Addresses(Uri Provider, Uri Gateways, Uri Telemetry);
