using System.Globalization;

namespace Podcast.OperatorsConsole;

internal static partial class Texts
{
    public const string Backlog = "Backlog", Started = "Started", Ended = "Ended", Reported = "Last heard of", RunsOn = "Runs on";
    public const string ExitCode = "Exit code", Through = "Through", RowsOfTable = "The table's rows", WhyRowsFailed = "Why rows failed";
    public const string NoRuns = "No run of the backlog command has reported.";
    public const string NoRunsHow = "It does where it is told to, with a token of yours in PODCAST_TOKEN:";
    public const string NoRunsCommand = "podcast-batch run --report-to http://127.0.0.1:5080";
    public const string RetryRows = "Give those of a cause another attempt at the next run:";

    public static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
    public static string PhaseOf(string phase) => phase == "dispatching" ? "Sent" : "Ended";
    public static string Route(string via) => via == "episode" ? "the pipeline, as episodes" : "Ittybit, as single tasks";

    /// <summary>How the run stands, in a sentence.</summary>
    public static string RunInWords(Api.BacklogRun run) => run switch
    {
        { End: { } end } => end.Text ?? Words(run.Status) + ".",
        { Status: "silent" } =>
            "It has not reported for a minute: its process may be gone, or the way to here. Nothing is lost: run it again.",
        { Phase: null } => "It looks at the table.",
        { Note: { } note } => $"{PhaseInWords(run)}: {note}.",
        _ => $"{PhaseInWords(run)}.",
    };

    public static string PhaseInWords(Api.BacklogRun run)
    {
        var left = run is { End: null, SecondsLeft: { } seconds } ? $", {For(TimeSpan.FromSeconds(seconds))} left" : "";
        var failed = run.Failed > 0 ? $", {Number(run.Failed)} failed" : "";
        return $"{PhaseOf(run.Phase ?? "")} {Number(run.Done)} of {Number(run.Total)}{failed}{left}";
    }
}
