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
}
