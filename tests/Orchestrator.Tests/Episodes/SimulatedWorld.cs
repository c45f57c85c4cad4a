using Podcast.Contracts;

namespace Podcast.Orchestrator.Tests.Episodes;

/// <summary>
/// Everything around one saga: a provider with a fixed fate for each task, and a network that loses, repeats and reorders.
/// Only the fate may decide how the episode ends.
/// </summary>
internal sealed class SimulatedWorld(EpisodeScenario episode, IReadOnlyDictionary<TaskKind, Fate> fates, Random random)
{
    private readonly List<object> underway = [];
    private readonly Dictionary<(TaskKind, int), string> made = [];
    private int seen;
    private int refusals;

    /// <summary>What the provider made: at most one task per (task, attempt), and how often it was asked to.</summary>
    public IReadOnlyDictionary<(TaskKind Task, int Attempt), string> Made => made;

    public async Task Run(IReadOnlyList<PlannedTask> plan)
    {
        episode.OutputsAreFine = false; // this world says so itself
        await episode.Upload([.. plan]);
        for (var step = 0; episode.State.IsAtWork && step < 2000; step++)
        {
            Answer();
            if (underway.Count > 0 && random.Next(10) < 8)
                await Deliver();
            else
                await episode.ItsMomentComes();
        }

        Answer();
        for (var late = 0; late < 10 && underway.Count > 0; late++)
            await Deliver();
    }

    private async Task Deliver()
    {
        var message = underway[random.Next(underway.Count)];
        if (random.Next(10) >= 3)
            underway.Remove(message); // else it will come again
        if (random.Next(10) < 2)
            return; // lost
        await episode.Hears((dynamic)message);
    }

    private void Answer()
    {
        var said = episode.PublishedBySaga();
        foreach (var message in said.Skip(seen))
            Answer(message);
        seen = said.Count;
    }

    private void Answer(object message)
    {
        switch (message)
        {
            case ExtractAudio m: Make(TaskKind.AudioExtraction, m.Attempt, m.Again); break;
            case TranscodeVideo m: Make(TaskKind.VideoTranscode, m.Attempt, m.Again); break;
            case GenerateTranscript m: Make(TaskKind.TranscriptGeneration, m.Attempt, m.Again); break;
            case DetectChapters m: Make(TaskKind.ChapterDetection, m.Attempt, m.Again); break;
            case CreateThumbnail m: Make(TaskKind.Thumbnail, m.Attempt, m.Again); break;
            case CheckTask m: Report(m.Task, m.Attempt); break;
            case CollectTranscript m when random.Next(3) == 0:
                underway.Add(new TranscriptRejected(episode.Id, m.Round, "503", true, default));
                break;
            case CheckOutputs m when random.Next(3) == 0: underway.Add(new OutputCheckDelayed(episode.Id, m.Round, "503", default)); break;
            case CheckOutputs m: underway.Add(new OutputsChecked(episode.Id, m.Round, [], default)); break;
            case CollectTranscript m: underway.Add(new TranscriptStored(episode.Id, m.Round, 10, 1, default)); break;
        }
    }

    private void Make(TaskKind task, int attempt, bool again)
    {
        if (random.Next(10) < 2)
            return; // the command is lost
        if (!made.ContainsKey((task, attempt)) && refusals < 8 && random.Next(10) < 2)
        {
            refusals++;
            underway.Add(random.Next(2) == 0
                ? new TaskFailed(episode.Id, task, attempt, null, "503", Transient: true, default)
                : new TaskDeferred(episode.Id, task, attempt, "429", episode.Clock.GetUtcNow().AddSeconds(30), default));
            return;
        }

        if (!made.TryAdd((task, attempt), EpisodeScenario.TaskId(task, attempt)))
            again.ShouldBeTrue("an attempt that was asked for before must say so");
        Start(new TaskStarted(episode.Id, task, attempt, made[(task, attempt)], default));
        Report(task, attempt);
    }

    /// <summary>A message of its own, or one together with a start that is underway.</summary>
    private void Start(TaskStarted started)
    {
        var other = underway.FindIndex(message => message is TaskStarted);
        if (other < 0 || random.Next(2) == 0)
            underway.Add(started);
        else
            underway[other] = (TaskStarted)underway[other] with { Others = [.. ((TaskStarted)underway[other]).Others ?? [], .. started.Tasks()] };
    }

    private void Report(TaskKind task, int attempt)
    {
        var id = made[(task, attempt)];
        underway.Add(new TaskProgressed(episode.Id, task, attempt, id, "processing", random.Next(100), default));
        underway.Add(fates[task].Succeeds(attempt)
            ? new TaskCompleted(episode.Id, task, attempt, id, new TaskOutput("file_" + id, null), default)
            : new TaskFailed(episode.Id, task, attempt, id, "fate", fates[task].Transient, default));
    }
}

/// <summary>How a task ends at the provider, whatever the network does.</summary>
internal sealed record Fate(int SucceedsOnAttempt, bool Transient)
{
    public bool Succeeds(int attempt) => attempt >= SucceedsOnAttempt;

    public bool EndsWell(int attempts) => SucceedsOnAttempt == 1 || (Transient && SucceedsOnAttempt <= attempts);
}
