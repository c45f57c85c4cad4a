using System.Globalization;

namespace Podcast.Ingest.Api.Episodes;

/// <summary>
/// Builds one sentence for people that says why an episode is not done. Past times are given as durations ("5 min ago"), future
/// times as absolute; a step that is overdue happens "any moment".
/// </summary>
internal static class WaitingFor
{
    /// <summary>The sentence; null for an episode in a final state.</summary>
    /// <param name="lane">The state of the throttle for Ittybit; null if unknown.</param>
    public static string? Of(Episode episode, ThrottleStatus? lane, DateTimeOffset now) => episode switch
    {
        { Status: Status.AwaitingUpload } =>
            $"Waiting for the raw video: its address was given out {For(episode.CreatedAt, now)} ago, and nobody has confirmed the upload.",
        { Status: Status.Uploaded } =>
            $"Waiting for work on it to begin: uploaded {For(episode.UploadedAt ?? episode.CreatedAt, now)} ago; "
            + "announced again if nobody takes it up.",
        { Stage: EpisodeStatus.Held } =>
            $"Waiting for a person, to retry, resume or cancel it: {Words(episode.Reason) ?? "no reason was told"}.",
        { Stage: EpisodeStatus.Processing or EpisodeStatus.Completing } =>
            $"{Paused(lane, now)}Waiting for {Work(episode, now)}{Until(episode.DeadlineAt, now, "; a person is asked")}.",
        _ => null,
    };

    private static string Work(Episode episode, DateTimeOffset now)
    {
        var open = episode.Tasks.Where(task => task.Status is TaskState.Pending or TaskState.Processing).OrderBy(task => task.Id).ToList();
        return open.Count > 0 ? string.Join("; and for ", open.Select(task => Task(task, now)))
            : episode.Stage == EpisodeStatus.Completing
                ? $"the transcript to be stored and the outputs to be looked at, {Next(episode.DueAt, now, "asked for again")}"
                : $"the orchestrator's next step, {Next(episode.DueAt, now, "due")}";
    }

    private static string Task(ProcessingTask task, DateTimeOffset now) => task switch
    {
        { Status: TaskState.Processing } =>
            $"the {task.Type.ShortName()}: {task.IttybitTaskId ?? "its task"} has been at Ittybit for "
            + $"{For(task.StartedAt ?? task.UpdatedAt, now)}{(task.Percent is { } percent ? $" ({percent} %)" : "")}, "
            + $"{Next(task.NextAt, now, "asked about")}{Until(task.DeadlineAt, now, ", given up")}",
        { RequestedAt: { } requested } =>
            $"the {task.Type.ShortName()}: asked for {For(requested, now)} ago, not accepted yet{Attempt(task)}, "
            + Next(task.NextAt, now, "asked for again"),
        _ => $"the {task.Type.ShortName()}: {Next(task.NextAt, now, "tried again")}{Attempt(task)}",
    };

    private static string Paused(ThrottleStatus? lane, DateTimeOffset now) => lane?.State switch
    {
        LaneState.Paused =>
            $"Calls to Ittybit have been paused for {For(lane.Since ?? now, now)}: {Words(lane.Why) ?? "no reason was told"}; "
            + $"{Next(lane.Until, now, "tried again")}, or once an operator resumes them. ",
        LaneState.Slowed when lane.Until > now =>
            $"{Words(lane.Why) ?? "Calls to Ittybit are slowed"}; {Next(lane.Until, now, "called again")}. ",
        _ => "",
    };

    private static string Attempt(ProcessingTask task) => (task.Attempt, Words(task.ErrorMessage)) switch
    {
        ( > 1, { } error) => $" (attempt {task.Attempt}; before it: {error})",
        ( > 1, null) => $" (attempt {task.Attempt})",
        (_, { } error) => $" ({error})",
        _ => "",
    };

    /// <summary>"asked about at 14:32:10 UTC", or "any moment" if the time has passed.</summary>
    private static string Next(DateTimeOffset? at, DateTimeOffset now, string what) =>
        at > now ? $"{what} at {Clock(at.Value, now)}" : $"{what} any moment";

    private static string Until(DateTimeOffset? at, DateTimeOffset now, string what) => at > now ? $"{what} at {Clock(at.Value, now)}" : "";

    /// <summary>Rounded up to the second, so that a time that is shown has not passed.</summary>
    private static string Clock(DateTimeOffset at, DateTimeOffset now)
    {
        var utc = at.UtcDateTime;
        if (utc.Ticks % TimeSpan.TicksPerSecond is > 0 and var rest && utc < DateTime.MaxValue.AddSeconds(-1))
            utc = utc.AddTicks(TimeSpan.TicksPerSecond - rest);
        var format = utc.Date == now.UtcDateTime.Date ? "HH:mm:ss 'UTC'" : "yyyy-MM-dd HH:mm:ss 'UTC'";
        return utc.ToString(format, CultureInfo.InvariantCulture);
    }

    private static string For(DateTimeOffset since, DateTimeOffset now) => (now - since) switch
    {
        { TotalSeconds: < 1 } => "a moment",
        { TotalMinutes: < 1 } time => $"{(int)time.TotalSeconds} s",
        { TotalHours: < 1 } time => $"{(int)time.TotalMinutes} min",
        { TotalDays: < 2 } time => $"{(int)time.TotalHours} h {time.Minutes} min",
        var time => $"{(int)time.TotalDays} days",
    };

    private static string? Words(string? text) => text?.Trim().TrimEnd('.') is { Length: > 0 } words ? words : null;
}
