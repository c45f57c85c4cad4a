using Podcast.FaultRunner.BuiltIn;
using Podcast.FaultRunner.Cli;
using Podcast.FaultRunner.Reporting;
using Podcast.FaultRunner.Runs;
using Podcast.FaultRunner.Staging;
using Podcast.FaultRunner.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.FaultRunner.Tests.Runs;

/// <summary>A checker that finds nothing proves nothing: with one guard of the services taken away it must.</summary>
[Trait("Length", "minutes")]
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
        var report = await Run(quick with { BuiltIn = BuiltInFault.Inbox });

        Found(report, "INV4", "lost: a webhook");
        Found(report, "INV6", "2 lines of retry_requested, for 1 messages");
    }

    [Fact]
    public async Task an_acknowledgement_before_the_brokers_is_found()
    {
        Found(await Run(quick with { BuiltIn = BuiltInFault.Confirm }, LoseWhatIsInTheAir), "INV4", "lost: a webhook");

        static async Task LoseWhatIsInTheAir(Fleet fleet)
        {
            using var provider = new Provider(fleet.Addresses.Provider);
            var all = fleet["all-1"];
            await provider.Counts("tasks", 3);
            all.Lines!.Broker.Cut();
            await provider.Counts("delivered", await provider.Count("delivered") + 3);
            await all.End(Signal.Kill);
            all.Lines.Broker.Mend();
            all.Start();
        }
    }

    [Fact]
    public async Task a_fence_that_is_dropped_is_found() => Found(
        await Run(quick with { BuiltIn = BuiltInFault.Fence, Chaos = quick.Chaos with { Failed = 40 } }), "INV6", "lines of task_failed");

    [Fact]
    public async Task a_publisher_that_finds_nothing_is_found()
    {
        var report = await Run(quick with
        {
            IsOneProcess = false,
            BuiltIn = BuiltInFault.Search,
            Episodes = 15, // so many that the answer to at least one creation gets lost
            Published = 100,
            Channels = new ChannelChaos { Lost = 40, Forgotten = 60 },
        });

        Found(report, "INV12", "times at Transistor");
    }

    private Task<Report> Run(RunSettings settings, Func<Fleet, Task>? trouble = null) =>
        new FaultRun(settings, own.Servers, TextWriter.Null, trouble ?? (_ => Task.CompletedTask)).Run(CancellationToken.None);

    private static void Found(Report report, string invariant, string words)
    {
        report.Holds.ShouldBeFalse();
        report.Verdicts.Single(verdict => verdict.Name == invariant).Violations
            .ShouldContain(violation => violation.Contains(words, StringComparison.Ordinal), report.ToString());
    }
}
