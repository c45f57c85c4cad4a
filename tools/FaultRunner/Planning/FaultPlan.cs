using Podcast.FaultRunner.Cli;

namespace Podcast.FaultRunner.Planning;

/// <summary>
/// Plans which fault hits which process and when, from the seed alone. There are three streams: kills, restarts of servers, other
/// disturbances.
/// </summary>
internal sealed class FaultPlan
{
    private static readonly string[] points = ["outbox:committed", "outbox:confirmed", "outbox:delivered"];

    private readonly Random luck;
    private readonly string[] members;

    private FaultPlan(int seed, string[] members)
    {
        luck = new Random(seed);
        this.members = members;
    }

    /// <param name="members">The names of the service processes.</param>
    public static IReadOnlyList<PlannedTrouble> Make(RunSettings run, params string[] members)
    {
        var plan = new FaultPlan(run.Seed, members);
        return
        [
            .. plan.Every(run.KillEvery, run.Trouble, plan.AnyKill)
                .Concat(plan.Every(run.RestartEvery, run.Trouble, plan.AnyRestart))
                .Concat(plan.Every(run.DisturbEvery, run.Trouble, plan.AnyDisturbance))
                .OrderBy(trouble => trouble.At),
        ];
    }

    /// <summary>Intervals vary by 30 %, because faults at fixed intervals would always coincide in the same way.</summary>
    private List<PlannedTrouble> Every(TimeSpan gap, TimeSpan end, Func<TimeSpan, PlannedTrouble> make)
    {
        var made = new List<PlannedTrouble>();
        if (gap <= TimeSpan.Zero)
            return made;
        for (var at = gap * Between(0.5, 1); at < end; at += gap * Between(0.7, 1.3))
            made.Add(make(at));
        return made;
    }

    private PlannedTrouble AnyKill(TimeSpan at) => luck.Next(100) switch
    {
        < 5 => new(at, Trouble.KillAll, "", Seconds(0.2, 2)),
        < 25 => new(at, Trouble.KillAtPoint, Any("ingest", "orchestrator", "publisher"), Seconds(0.2, 2), $"{points[luck.Next(points.Length)]}#{luck.Next(1, 12)}"),
        _ => new(at, Trouble.Kill, Any(""), Seconds(0.2, 3)),
    };

    private PlannedTrouble AnyRestart(TimeSpan at) => luck.Next(4) switch
    {
        0 => new(at, Trouble.StopBroker, "", Seconds(0, 4)),
        1 => new(at, Trouble.KillBroker, "", Seconds(0, 4)),
        2 => new(at, Trouble.StopDatabase, "", Seconds(0, 15)), // longer than a delivery is retried after other errors
        _ => new(at, Trouble.KillDatabase, "", Seconds(0, 2)),
    };

    private PlannedTrouble AnyDisturbance(TimeSpan at) => luck.Next(100) switch
    {
        < 25 => new(at, Trouble.Pause, Any(""), Seconds(1, 9)),
        < 45 => new(at, Trouble.Deploy, Any(""), Seconds(0.2, 2)),
        < 65 => new(at, Trouble.CutBroker, Any(""), Seconds(0, 8)),
        < 80 => new(at, Trouble.CutDatabase, Any("ingest", "orchestrator", "publisher"), Seconds(0, 8)),
        < 90 => new(at, Trouble.KillProvider, "", Seconds(0.5, 5)),
        _ => new(at, Trouble.PauseProvider, "", Seconds(1, 6)),
    };

    private string Any(params string[] services)
    {
        var choice = Array.FindAll(members, member => Array.Exists(services, service => member.StartsWith(service, StringComparison.Ordinal)));
        if (choice.Length == 0)
            choice = members; // one process runs all services
        return choice[luck.Next(choice.Length)];
    }

    private TimeSpan Seconds(double least, double most) => TimeSpan.FromSeconds(Between(least, most));

    private double Between(double least, double most) => least + luck.NextDouble() * (most - least);
}
