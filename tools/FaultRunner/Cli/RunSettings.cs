using Podcast.FaultRunner.BuiltIn;

namespace Podcast.FaultRunner.Cli;

/// <summary>What is to be run.</summary>
internal sealed record RunSettings
{
    public int Episodes { get; init; } = 500;

    /// <summary>Decides all that is random: who is killed when, whom the provider's faults hit, which door an episode takes.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How long there is trouble; the episodes come during the first four fifths of it.</summary>
    public TimeSpan Trouble { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long everything may take to come to its end after that.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromMinutes(8);

    /// <summary>All services in one process: quick to start, and little to kill.</summary>
    public bool IsOneProcess { get; init; }

    public int Ingests { get; init; } = 1;

    public int Orchestrators { get; init; } = 2;

    public int Processors { get; init; } = 2;

    public int Gateways { get; init; } = 2;

    /// <summary>Between two kills of services; zero: none.</summary>
    public TimeSpan KillEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Between two restarts of the broker or the database; zero: none.</summary>
    public TimeSpan RestartEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Between two troubles of other sorts: processes stopped for a while, lines cut, deployments, the provider gone; zero: none.</summary>
    public TimeSpan DisturbEvery { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the provider works on a task.</summary>
    public TimeSpan TaskTime { get; init; } = TimeSpan.FromSeconds(1);

    public ProviderChaos Chaos { get; init; } = new();

    /// <summary>Messages that come a second time, in percent.</summary>
    public double Echoes { get; init; } = 10;

    /// <summary>Calls to the provider per second at most, over all processes; null: no limit is set.</summary>
    public int? Rate { get; init; }

    /// <summary>By how much the clock of each first process of a service is ahead, and that of each second one behind, of the machine's.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>Of the episodes that nothing stands against, how many must be processed, in percent.</summary>
    public double Floor { get; init; } = 95;

    /// <summary>What is deliberately broken, to see that the checker finds it.</summary>
    public BuiltInFault? BuiltIn { get; init; }

    /// <summary>Where logs are kept; null: in a temporary directory that goes when all holds.</summary>
    public string? Logs { get; init; }
}
