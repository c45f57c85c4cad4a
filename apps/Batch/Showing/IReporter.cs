namespace Podcast.Batch.Showing;

/// <summary>Shows the course of a command: as live bars, plain lines, or JSON.</summary>
internal interface IReporter
{
    /// <summary>Shows a line of text, or in JSON the event with its facts.</summary>
    void Say(string happened, string text, object? facts = null);

    /// <summary>Shows a warning about one item, or about the run if <paramref name="id"/> is null.</summary>
    void Warn(string? id, string text);

    /// <summary>Shows the progress until <paramref name="work"/> completes.</summary>
    Task Show(Progress progress, Func<Task> work);

    void Found(long count)
    {
        if (count == 0)
            Say("nothing", "No unprocessed media found.");
        else
            Say("found", $"Found {count} unprocessed media files.", new { count });
    }

    /// <summary>Calls <paramref name="tell"/> at intervals while the work runs, and once when it has ended.</summary>
    protected static async Task Periodically(TimeSpan interval, TimeProvider clock, Func<Task> work, Action tell)
    {
        var running = work();
        while (!running.IsCompleted && await Task.WhenAny(running, Task.Delay(interval, clock)) != running)
            tell();
        tell();
        await running;
    }
}
