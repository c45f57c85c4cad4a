namespace Podcast.Standalone.Process;

/// <summary>Writes a line for each change of state, for logs and pipes.</summary>
internal sealed class PlainLines
{
    private readonly Dictionary<string, string> told = [];

    public void Tell(ProcessState state)
    {
        if (state.Uploaded >= 100)
            Say("upload", "done");

        if (state.Episode is not { } episode)
            return;

        foreach (var task in episode.Tasks)
            Say(task.Type, Words(task));
        Say("episode", episode.Status + (episode.Reason is { } reason ? $": {reason}" : ""));
    }

    private static string Words(TaskAnswer task) => task switch
    {
        { Status: "processing", Percent: { } percent } => $"processing {percent / 25 * 25} %",
        { Error: { } error } when task.Status != "completed" => $"{task.Status}: {error}",
        _ => task.Status,
    };

    private void Say(string what, string words)
    {
        if (told.GetValueOrDefault(what) == words)
            return;

        told[what] = words;
        Console.WriteLine($"{what,-22} {words}");
    }
}
