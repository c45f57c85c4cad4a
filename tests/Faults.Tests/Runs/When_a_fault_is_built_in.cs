using Podcast.Faults.BuiltIn;
using Podcast.Faults.Cli;
using Podcast.Faults.Planning;
using Podcast.Faults.Runs;

namespace Podcast.Faults.Tests.Runs;

/// <summary>A checker that finds nothing proves nothing: with one guard of the services taken away it must.</summary>
[Collection(OnOwnServers.Name)]
public sealed class When_a_fault_is_built_in(OwnServers own)
{
    private static readonly RunSettings quick = new()
    {
        IsOneProcess = true,
        Episodes = 6,
        Trouble = TimeSpan.FromSeconds(4),
        Settle = TimeSpan.FromMinutes(2),
        Floor = 0,
        Chaos = new ProviderChaos { Refused = 0, Garbled = 0, Vanished = 0 },
    };

    [Fact]
    public async Task an_inbox_that_is_skipped_is_found()
    {
        var broken = await FailsOf(quick with { BuiltIn = BuiltInFault.Inbox });

        broken["INV4"].ShouldContain(violation => violation.StartsWith("lost: a webhook"));
        broken["INV6"].ShouldContain(violation => violation.Contains("2 lines of retry_requested, for 1 messages"));
    }

    [Fact]
    public async Task an_acknowledgement_before_the_brokers_is_found()
    {
        PlannedTrouble[] plan =
        [
            new(TimeSpan.FromSeconds(2), Trouble.CutBroker, "all-1", TimeSpan.FromSeconds(6)),
            new(TimeSpan.FromSeconds(6), Trouble.Kill, "all-1", TimeSpan.FromSeconds(1)),
        ];

        var broken = await FailsOf(quick with { BuiltIn = BuiltInFault.Confirm }, plan);

        broken["INV4"].ShouldContain(violation => violation.StartsWith("lost: a webhook"));
    }

    [Fact]
    public async Task a_fence_that_is_dropped_is_found()
    {
        var broken = await FailsOf(quick with { BuiltIn = BuiltInFault.Fence, Chaos = quick.Chaos with { Failed = 40 } });

        broken["INV6"].ShouldContain(violation => violation.Contains("lines of task_failed"));
    }

    private async Task<Dictionary<string, IReadOnlyList<string>>> FailsOf(RunSettings settings, params PlannedTrouble[] plan)
    {
        var report = await new FaultRun(settings, own.Servers, TextWriter.Null, plan).Run(CancellationToken.None);

        report.Holds.ShouldBeFalse(report.ToString());
        return report.Verdicts.ToDictionary(verdict => verdict.Name, verdict => verdict.Violations);
    }
}
