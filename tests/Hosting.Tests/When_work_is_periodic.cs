using Microsoft.Extensions.Logging.Abstractions;

namespace Podcast.Hosting.Tests;

public sealed class When_work_is_periodic
{
    [Fact]
    public async Task work_is_done_again_after_a_failure_until_the_stop()
    {
        var (clock, done) = (new ManualClock(), 0);
        using var stop = new CancellationTokenSource();
        var loop = Periodic.Run(Work, TimeSpan.FromMinutes(1), clock, NullLogger.Instance, stop.Token);
        done.ShouldBe(0, "the first time is after the interval");

        for (var times = 1; times <= 3; times++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await Eventually.Holds(() => done == times, $"{times} times");
        }

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(loop);

        Task Work(CancellationToken stopping) =>
            Interlocked.Increment(ref done) == 1 ? Task.FromException(new IOException("the first time")) : Task.CompletedTask;
    }

    [Fact]
    public async Task work_begins_at_once_when_it_is_woken()
    {
        var (clock, wakeUp, done) = (new ManualClock(), new WakeUp(), 0);
        using var stop = new CancellationTokenSource();
        wakeUp.Set(); // kept until somebody waits
        var loop = Periodic.Run(Work, TimeSpan.FromMinutes(1), wakeUp, clock, NullLogger.Instance, stop.Token);

        await Eventually.Holds(() => done == 1, "the first time");
        wakeUp.Set();
        await Eventually.Holds(() => done == 2, "woken");
        clock.Advance(TimeSpan.FromMinutes(1));
        await Eventually.Holds(() => done == 3, "after the interval");

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(loop);

        Task Work(CancellationToken stopping) => Task.FromResult(Interlocked.Increment(ref done));
    }
}
