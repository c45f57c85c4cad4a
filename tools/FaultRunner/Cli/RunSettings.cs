using Podcast.FaultRunner.BuiltIn;

namespace Podcast.FaultRunner.Cli;

/// <summary>The settings of a run.</summary>
internal sealed record RunSettings
{
    public int Episodes { get; init; } = 500;

    /// <summary>The seed of all random decisions: the plan of faults, the provider's faults, the door of each episode.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The length of the fault phase. Episodes are submitted during its first four fifths.</summary>
    public TimeSpan Trouble { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The longest time that all work may take to end after the fault phase.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromMinutes(8);

    /// <summary>All services run in one process, which starts quickly but offers fewer fault targets.</summary>
    public bool IsOneProcess { get; init; }

    public int Ingests { get; init; } = 1;

    public int Orchestrators { get; init; } = 2;

    public int Processors { get; init; } = 2;

    public int Gateways { get; init; } = 2;

    public int Publishers { get; init; } = 2;

    /// <summary>The percentage of the episodes that belong to a show with channels; 0: nothing is published.</summary>
    public double Published { get; init; } = 40;

    /// <summary>True if there are publishers. The one process of all services does not publish.</summary>
    public bool IsPublishing => Published > 0 && !IsOneProcess;

    /// <summary>The mean time between two kills of services; zero: none.</summary>
    public TimeSpan KillEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The mean time between two restarts of the broker or the database; zero: none.</summary>
    public TimeSpan RestartEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The mean time between two faults of other types, such as pauses, cut connections, deployments, provider outages; zero:
    /// none.
    /// </summary>
    public TimeSpan DisturbEvery { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The time that the provider works on a task.</summary>
    public TimeSpan TaskTime { get; init; } = TimeSpan.FromSeconds(1);

    public ProviderChaos Chaos { get; init; } = new();

    public ChannelChaos Channels { get; init; } = new();

    /// <summary>The percentage of messages that are delivered a second time.</summary>
    public double Echoes { get; init; } = 10;

    /// <summary>The highest rate of calls to the provider, per second and over all processes; null: no limit is set.</summary>
    public int? Rate { get; init; }

    /// <summary>The clock skew: the first process of each service is ahead by this much, the second one behind.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>The least percentage of episodes to be processed, of those that can be.</summary>
    public double Floor { get; init; } = 95;

    /// <summary>A mechanism that is deliberately disabled, to prove that the checker notices.</summary>
    public BuiltInFault? BuiltIn { get; init; }

    /// <summary>The directory of the logs; null: a temporary one, which is deleted if all invariants hold.</summary>
    public string? Logs { get; init; }
}
