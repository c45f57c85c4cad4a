using System.Diagnostics;

namespace Podcast.Testing;

/// <summary>Waits for a condition that raises no event. Only a failing test reaches the time limit.</summary>
public static class Eventually
{
    /// <summary>
    /// Tests every 20 ms whether <paramref name="condition"/> holds. After <paramref name="limit"/>, by default one minute,
    /// throws a <see cref="TimeoutException"/> that names <paramref name="what"/>.
    /// </summary>
    public static async Task Holds(Func<Task<bool>> condition, string what, TimeSpan? limit = null)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > (limit ?? TimeSpan.FromMinutes(1)))
                throw new TimeoutException($"Never came true: {what}");
            await Task.Delay(20);
        }
    }

    /// <inheritdoc cref="Holds(Func{Task{bool}}, string, TimeSpan?)"/>
    public static Task Holds(Func<bool> condition, string what, TimeSpan? limit = null) =>
        Holds(() => Task.FromResult(condition()), what, limit);
}
