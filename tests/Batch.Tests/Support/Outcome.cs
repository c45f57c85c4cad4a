namespace Podcast.Batch.Tests.Support;

/// <summary>What a command left on the screen.</summary>
public sealed record Outcome(int Exit, string Out, string Error)
{
    public IReadOnlyList<string> Lines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public string Everything => $"exit {Exit}\n--- out\n{Out}\n--- error\n{Error}";
}
