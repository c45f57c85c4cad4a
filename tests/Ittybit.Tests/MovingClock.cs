using Podcast.Testing;

namespace Podcast.Ittybit.Tests;

internal static class MovingClock
{
    /// <summary>Moves the clock on whenever somebody waits for it, until <paramref name="call"/> is done.</summary>
    public static async Task<T> Run<T>(this ManualClock clock, Task<T> call)
    {
        var limit = Task.Delay(TimeSpan.FromSeconds(30));
        while (!call.IsCompleted && !limit.IsCompleted)
        {
            if (clock.Waiting > 0)
                clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1);
        }

        return call.IsCompleted ? await call : throw new TimeoutException("The call never ended.");
    }
}
