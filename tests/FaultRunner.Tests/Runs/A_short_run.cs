using Podcast.FaultRunner.Cli;
using Podcast.FaultRunner.Runs;

namespace Podcast.FaultRunner.Tests.Runs;

/// <summary>The long run in small: all processes, all sorts of trouble, all invariants.</summary>
[Trait("Length", "minutes")]
[Collection(OnOwnServers.Name)]
public sealed class A_short_run(OwnServers own)
{
    [Fact]
    public async Task keeps_all_promises()
    {
        var settings = new RunSettings
        {
            Episodes = 12,
            Seed = 7,
            Trouble = TimeSpan.FromSeconds(18),
            KillEvery = TimeSpan.FromSeconds(4),
            RestartEvery = TimeSpan.FromSeconds(9),
            DisturbEvery = TimeSpan.FromSeconds(6),
        };

        var report = await new FaultRun(settings, own.Servers, TextWriter.Null).Run(CancellationToken.None);

        report.Holds.ShouldBeTrue(report.ToString());
    }

    [Fact]
    public async Task ends_without_any_webhook()
    {
        var settings = new RunSettings
        {
            IsOneProcess = true,
            Episodes = 4,
            Seed = 8,
            Trouble = TimeSpan.FromSeconds(1),
            KillEvery = TimeSpan.Zero,
            RestartEvery = TimeSpan.Zero,
            DisturbEvery = TimeSpan.Zero,
            Chaos = new ProviderChaos { Drops = 100, Early = 0 },
        };

        var report = await new FaultRun(settings, own.Servers, TextWriter.Null).Run(CancellationToken.None);

        report.Holds.ShouldBeTrue(report.ToString());
    }
}
