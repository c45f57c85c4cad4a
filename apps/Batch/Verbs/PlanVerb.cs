using Podcast.Batch.Planning;

namespace Podcast.Batch.Verbs;

/// <summary><c>plan</c>: writes a file that lists what a run would do, for review.</summary>
internal static class PlanVerb
{
    public static Command Make(TableOptions table, CliContext context)
    {
        var options = new RunOptions();
        var output = new Option<FileInfo?>("--out") { Description = "The file; the output stream if not given." };
        var episodes = new Option<bool>("--episodes") { Description = "Through the podcast pipeline instead of single tasks." };
        var plan = new Command(
            "plan", "Write a file that says what a run would do: items, skips with reasons, estimated time. `apply` does exactly that.")
        {
            output, episodes, options.Limit,
        };
        foreach (var option in options.Pacing.Concat(options.Task))
            plan.Options.Add(option);

        plan.SetAction(async (arguments, cancellationToken) =>
        {
            await using var backlog = await table.Open(arguments, context, OpenFor.Working, cancellationToken);
            var file = arguments.GetValue(output);
            await using var writer = file?.CreateText();
            var planner = new Planner(backlog, options.Read(arguments), arguments.GetValue(episodes));
            var head = await Databases.Explained(backlog.Database, () => planner.Write(writer ?? context.Out, cancellationToken));
            if (file is not null)
                await context.Out.WriteLineAsync(Words(head, file));
            return ExitCodes.Ok;
        });
        return plan;
    }

    private static string Words(PlanHead head, FileInfo file)
    {
        var tasks = head.EstimatedTaskSeconds is { } average ? $", tasks took {Time(average)} of late" : "";
        var skips = string.Concat(head.Skipped.Select(reason => $"{Environment.NewLine}  skipped {reason.Value,8}  {reason.Key}"));
        return $"Planned {head.Items} items ({head.Task?.ToString() ?? "episodes"}), about {Time(head.EstimatedSeconds)} to send"
            + $" at {head.Rate:0.##}/s{tasks}.{skips}{Environment.NewLine}Review {file.Name}, then: podcast-batch apply {file.Name}";

        static string Time(double seconds) => ProgressWords.Time(TimeSpan.FromSeconds(seconds));
    }
}
