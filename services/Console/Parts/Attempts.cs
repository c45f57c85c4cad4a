namespace Podcast.OperatorsConsole.Parts;

/// <summary>A part of a step's time: waiting for Ittybit, or with it.</summary>
/// <param name="Begin">From 0, when the episode began, to 1, which is now or its end.</param>
internal sealed record Span(double Begin, double End, StepState State, int Attempt, TimeSpan Length);

/// <summary>A step's attempts over time.</summary>
internal sealed record Attempts(string Kind, IReadOnlyList<Span> Spans)
{
    public static IReadOnlyList<Attempts> Of(Episode episode, IReadOnlyList<HistoryLine> history, DateTime now)
    {
        var begin = episode.ProcessingStartedAt ?? episode.CreatedAt;
        var isOpen = episode.Status is "processing" or "completing";
        var end = isOpen ? now : history.Select(line => line.At).Append(begin).Max();
        var whole = Math.Max((end - begin).TotalSeconds, 1);
        return [.. episode.Tasks.Select(task => new Attempts(task.Type, [.. Spans(task)]))];

        IEnumerable<Span> Spans(EpisodeTask task)
        {
            var (from, state, attempt) = (begin, StepState.Waiting, 1);
            foreach (var line in history.Where(line => line.Task == task.Type))
            {
                var next = line.What switch
                {
                    "task_started" => StepState.Working,
                    "task_completed" => StepState.Done,
                    "task_failed" or "task_given_up" or "outputs_rejected" => StepState.Failed,
                    "task_requested_again" or "retry_requested" => StepState.Waiting,
                    _ => (StepState?)null,
                };
                if (next is null)
                    continue;
                if (state is StepState.Waiting or StepState.Working)
                    yield return Span(from, line.At, next == StepState.Failed ? StepState.Failed : state, attempt);
                attempt += next == StepState.Failed ? 1 : 0;
                (from, state) = (line.At, next == StepState.Failed && task.Status != "failed" ? StepState.Waiting : next.Value);
            }

            if (isOpen && state is StepState.Waiting or StepState.Working)
                yield return Span(from, end, state, attempt);
        }

        Span Span(DateTime from, DateTime to, StepState state, int attempt) => new(
            Share(from), Math.Max(Share(to), Share(from) + 0.004), state, attempt, to - from);

        double Share(DateTime at) => Math.Clamp((at - begin).TotalSeconds / whole, 0, 1);
    }
}
