namespace Podcast.Emulators.Ittybit.Kinds;

/// <summary>
/// A kind of task: what it accepts, what it needs, and how its output is made, really or simulated. To add a kind, derive from
/// this class and name the class in <see cref="IttybitEmulatorSetup"/>.
/// </summary>
internal abstract class TaskKind(string name, OutputFiles outputs)
{
    public string Name => name;

    /// <summary>The options that are validated. Others are echoed and ignored.</summary>
    public abstract IReadOnlyList<OptionRule> Options { get; }

    protected virtual bool NeedsPicture => false;

    protected virtual bool NeedsSound => false;

    /// <summary>Whether outputs have a bitrate.</summary>
    protected virtual bool HasRate => false;

    protected OutputFiles Outputs => outputs;

    /// <summary>The reason why the output can only be simulated on this machine; null if the tools are there.</summary>
    public abstract Task<string?> Obstacle();

    /// <summary>Makes the output of a task and applies the faults of its <see cref="TaskFate"/>.</summary>
    /// <exception cref="TaskProblem">The output cannot be made from this source.</exception>
    public async Task<StoredFile> Run(Job job)
    {
        if (NeedsPicture && !job.Source.Media.HasVideo)
            throw new TaskProblem("invalid_input: the source has no picture.");
        if (NeedsSound && !job.Source.Media.HasAudio)
            throw new TaskProblem("invalid_input: the source has no sound.");

        var file = await Make(job);
        return outputs.Weigh(job.Task.Fate.EmptyOutput ? file with { Blob = outputs.Text("") } : file, HasRate);
    }

    protected abstract Task<StoredFile> Make(Job job);
}

/// <summary>A task at work.</summary>
/// <param name="IsReal">Whether the output is made with the real tools.</param>
/// <param name="Progress">Takes the share that is done, from 0 to 1.</param>
internal sealed record Job(EmulatedTask Task, OpenSource Source, bool IsReal, Action<double> Progress, CancellationToken CancellationToken)
{
    public TaskOptions Options => new(Task.Options);

    /// <summary>The length of the source; one minute if it is unknown.</summary>
    public TimeSpan Length => Source.Media.Duration ?? TimeSpan.FromMinutes(1);

    public double Seconds => Math.Round(Length.TotalSeconds, 3);

    /// <summary>The part of the source between the options <c>start</c> and <c>end</c>.</summary>
    public Excerpt Excerpt()
    {
        var start = Options.Number("start") ?? 0;
        var length = Math.Min(Options.Number("end") ?? double.MaxValue, Length.TotalSeconds) - start;
        if (length <= 0)
            throw new TaskProblem("invalid_input: start lies at or behind the end.");

        var isWhole = start == 0 && Options.Number("end") is null && !Task.Fate.ShortOutput;
        return new Excerpt(TimeSpan.FromSeconds(start), TimeSpan.FromSeconds(Task.Fate.ShortOutput ? length / 2 : length), isWhole);
    }

    /// <summary>Drops the second half or reverses the order if the fate of the task says so.</summary>
    public IReadOnlyList<Segment> Spoil(IReadOnlyList<Segment> segments)
    {
        var kept = Task.Fate.ShortOutput ? segments.Where(segment => segment.End <= Length.TotalSeconds / 2) : segments;
        return [.. Task.Fate.Unordered ? kept.Reverse() : kept];
    }

    /// <summary>Cuts the source into simulated segments of about that length.</summary>
    public IReadOnlyList<Segment> Evenly(TimeSpan wish, Func<int, string> text, double? confidence = null)
    {
        var length = Length.TotalSeconds;
        var count = Math.Clamp((int)Math.Round(length / wish.TotalSeconds), 1, 1000);
        return [.. Enumerable.Range(0, count).Select(index => new Segment(
            Math.Round(length * index / count, 3), Math.Round(length * (index + 1) / count, 3), text(index + 1), confidence))];
    }
}

/// <summary>The requested part of a source.</summary>
internal readonly record struct Excerpt(TimeSpan Start, TimeSpan Length, bool IsWhole);
