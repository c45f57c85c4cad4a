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
}
