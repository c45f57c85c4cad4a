using System.Text.Json;

namespace Podcast.Batch.Verbs;

/// <summary><c>status</c>: shows counts, rate, failures by cause and the current run.</summary>
internal static class StatusVerb
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Command Make(TableOptions table, CliContext context)
    {
        var json = new Option<bool>("--json") { Description = "As one JSON object." };
        var status = new Command("status", "Counts, the oldest, the rate, errors by cause, and who runs.") { json };
        status.SetAction(async (arguments, cancellationToken) =>
        {
            await using var backlog = await table.Open(arguments, context, OpenFor.Working, cancellationToken);
            var census = await Databases.Explained(backlog.Database, () => TableStatistics.Take(backlog, cancellationToken));
            await context.Out.WriteLineAsync(arguments.GetValue(json) ? JsonSerializer.Serialize(census, Json) : InWords(census, backlog));
            return ExitCodes.Ok;
        });
        return status;
    }

    private static string InWords(TableStatistics census, Backlog backlog)
    {
        var now = backlog.Clock.GetUtcNow();
        var lines = new List<string>
        {
            $"{backlog.Table.Key} in {backlog.Database.Name}",
            Line("pending", census.Pending, Since(census.OldestPending, "oldest created")),
            Line("dispatched", census.Dispatched, Since(census.OldestDispatched, "oldest sent")),
            Line("completed", census.Completed, census.CompletedLastHour > 0 ? $"{census.CompletedLastHour} in the last hour" : ""),
            Line("failed", census.Failed, ""),
        };
        if (census.Other > 0)
            lines.Add(Line("other", census.Other, "a status that is none of ours"));
        if (census.Unanswered > 0)
            lines.Add($"{census.Unanswered} requests without an answer: the next run looks for their tasks first");
        lines.AddRange(census.Causes.Select(cause =>
            $"  {cause.Count,8} {cause.Cause}{(cause.Example is { } example ? $", such as: {example}" : "")}"));
        lines.Add(census.Running is { } run ? $"running on {run.Host}, pid {run.Pid}, since {Times.Text(run.Since!.Value)} UTC" : "no run");
        return string.Join(Environment.NewLine, lines);

        string Since(DateTimeOffset? time, string what) =>
            time is { } known ? $"{what} {Times.Text(known)} UTC, {ProgressWords.Time(now - known)} ago" : "";
    }

    private static string Line(string word, long count, string more) =>
        string.Create(CultureInfo.InvariantCulture, $"{word,-11}{count,10}{(more.Length > 0 ? "  " + more : "")}");
}
