using System.Globalization;
using Podcast.FaultRunner.Cli;

namespace Podcast.FaultRunner.Clients;

/// <summary>Generates the episodes of a run from its seed.</summary>
internal static class Orders
{
    /// <summary>Every fiftieth episode must fail. The first is number 2, so that short runs have one too.</summary>
    private const int HopelessEvery = 50;

    public static IReadOnlyList<Order> Make(RunSettings run)
    {
        var luck = new Random(run.Seed ^ 0x5eed);
        var choice = new Random(run.Seed ^ 0xca11);
        var span = run.Trouble * 0.8;
        return [.. Enumerable.Range(0, run.Episodes).Select(number => new Order
        {
            Number = number,
            Title = string.Create(CultureInfo.InvariantCulture, $"Episode {number} of seed {run.Seed}"),
            Door = number % HopelessEvery == 2 ? OrderChannel.Hopeless : luck.Next(100) switch { < 45 => OrderChannel.Upload, < 75 => OrderChannel.Address, _ => OrderChannel.Bus },
            At = span * ((number + luck.NextDouble()) / run.Episodes),
            IsPatient = luck.Next(100) >= 8,
            IsToBeCancelled = number % HopelessEvery != 2 && luck.Next(100) < 3,
            HasChapters = luck.Next(100) < 30,
            IsToBePublished = run.IsPublishing && choice.NextDouble() * 100 < run.Published,
        })];
    }
}
