using System.Collections.Concurrent;
using System.Diagnostics;
using Podcast.FaultRunner.Staging;
using Podcast.Testing;

namespace Podcast.FaultRunner.Planning;

/// <summary>Injects the faults of a plan. A fault whose target is already down is not counted.</summary>
internal sealed class FaultInjector(Fleet fleet, Servers servers, IReadOnlyList<PlannedTrouble> plan)
{
    private readonly ConcurrentDictionary<Trouble, int> done = [];
    private readonly ConcurrentQueue<string> badEnds = [];
    private readonly SemaphoreSlim database = new(1);
    private readonly SemaphoreSlim broker = new(1);

    /// <summary>The number of faults injected, by type.</summary>
    public IReadOnlyDictionary<Trouble, int> Done => done;

    /// <summary>Processes that did not exit with 0 after SIGTERM.</summary>
    public IReadOnlyCollection<string> BadEnds => badEnds;

    /// <summary>Injects all faults. When this completes, all of them are undone.</summary>
    public async Task Work(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var under = new List<Task>();
        foreach (var trouble in plan)
        {
            var wait = trouble.At - watch.Elapsed;
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, cancellationToken);
            under.Add(Do(trouble));
        }

        await Task.WhenAll(under);
    }

    private async Task Do(PlannedTrouble trouble)
    {
        if (await Cause(trouble))
            done.AddOrUpdate(trouble.What, 1, (_, count) => count + 1);
    }

    private Task<bool> Cause(PlannedTrouble trouble) => trouble.What switch
    {
        Trouble.Kill => Kill(Member(trouble), trouble.For),
        Trouble.KillAtPoint => Kill(Member(trouble), trouble.For, trouble.Point),
        Trouble.KillAll => KillAll(trouble.For),
        Trouble.Deploy => Deploy(Member(trouble), trouble.For),
        Trouble.Pause => Pause(Member(trouble), trouble.For),
        Trouble.CutBroker => Cut(Member(trouble).Lines!.Broker, trouble.For),
        Trouble.CutDatabase => Cut(Member(trouble).Lines!.Database, trouble.For),
        Trouble.StopBroker => Restart(broker, servers.RabbitMq.End, servers.RabbitMq.StartAgain, Signal.Terminate, trouble.For),
        Trouble.KillBroker => Restart(broker, servers.RabbitMq.End, servers.RabbitMq.StartAgain, Signal.Kill, trouble.For),
        Trouble.StopDatabase => Restart(database, servers.Postgres.End, servers.Postgres.StartAgain, Signal.Quit, trouble.For),
        Trouble.KillDatabase => Restart(database, servers.Postgres.End, servers.Postgres.StartAgain, Signal.Kill, trouble.For),
        Trouble.KillProvider => Kill(fleet.Provider, trouble.For),
        Trouble.PauseProvider => Pause(fleet.Provider, trouble.For),
        _ => throw new InvalidOperationException($"Nobody knows how to do {trouble.What}."),
    };

    private Member Member(PlannedTrouble trouble) => fleet.Services.Single(member => member.Name == trouble.Whom);

    private static async Task<bool> Kill(Member member, TimeSpan pause, string? point = null)
    {
        var wasUp = await member.End(Signal.Kill) is not null;
        await Task.Delay(pause);
        member.Start(point);
        return wasUp;
    }

    private async Task<bool> KillAll(TimeSpan pause)
    {
        await Task.WhenAll(fleet.Services.Select(member => member.End(Signal.Kill)));
        await Task.Delay(pause);
        foreach (var member in fleet.Services.Reverse())
            member.Start();
        return true;
    }

    private async Task<bool> Deploy(Member member, TimeSpan pause)
    {
        var wasUp = await member.IsReady(); // a process that is still starting may exit with any code
        var code = await member.End(Signal.Terminate);
        if (wasUp && code is not (null or 0))
            badEnds.Enqueue($"{member.Name} ended with exit code {code} after SIGTERM");
        await Task.Delay(pause);
        member.Start();
        return code is not null;
    }

    private static async Task<bool> Pause(Member member, TimeSpan length)
    {
        var isUp = member.IsUp;
        member.Send(Signal.Stop);
        await Task.Delay(length);
        member.Send(Signal.Continue);
        return isUp;
    }

    private static async Task<bool> Cut(TcpProxy line, TimeSpan length)
    {
        line.Cut();
        await Task.Delay(length);
        line.Mend();
        return true;
    }

    private static async Task<bool> Restart(SemaphoreSlim one, Func<Signal, Task> end, Func<Task> start, Signal signal, TimeSpan pause)
    {
        if (!await one.WaitAsync(TimeSpan.Zero))
            return false;

        try
        {
            await end(signal);
            await Task.Delay(pause);
            await start();
            return true;
        }
        finally
        {
            one.Release();
        }
    }
}
