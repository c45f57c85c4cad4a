using System.Diagnostics;

namespace Podcast.Testing;

/// <summary>Waits for a cause that nobody announces, with a limit that only a failure reaches.</summary>
public static class Eventually
{
    /// <summary>Asks every 20 ms until <paramref name="condition"/> holds; fails naming <paramref name="what"/> after <paramref name="limit"/>, a minute unless told.</summary>
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
