using Podcast.Batch.Running;

namespace Podcast.Batch.Showing;

/// <summary>What people or machines see of a command: live bars, plain lines, or JSON.</summary>
internal interface IReporter
{
    /// <summary>A line for people; for machines the event with its facts.</summary>
    void Say(string happened, string text, object? facts = null);

    /// <summary>Something about one item, or (null) about the run, that somebody should read.</summary>
    void Warn(string? id, string text);

    /// <summary>Shows the progress until <paramref name="work"/> is over.</summary>
    Task Show(Progress progress, Func<Task> work);
}
