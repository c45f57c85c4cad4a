using Podcast.Batch.Planning;

namespace Podcast.Batch.Verbs;

/// <summary>
/// <c>apply FILE</c>: processes the items of a plan and refuses rows that were changed since the plan was made.
/// </summary>
internal static class ApplyVerb
{
    public static Command Make(TableOptions table, CliContext context)
    {
        var options = new RunOptions();
        var file = new Argument<FileInfo>("FILE") { Description = "What `plan` wrote." };
        var json = new Option<bool>("--json") { Description = "One JSON object per line instead of text and bars." };
        var apply = new Command("apply", "Do exactly what a plan says. Rows that were changed meanwhile are refused.") { file, json };
        foreach (var option in options.Waiting.Concat(options.Episodes))
            apply.Options.Add(option);

        apply.SetAction(async (arguments, _) =>
        {
            using var stop = new Stop();
            using var signals = new Signals(stop, context);
            var plan = arguments.GetValue(file)!;
            var head = PlanFile.ReadHead(plan);
            await using var backlog = await table.Open(arguments, context, OpenFor.Working, stop.Token);
            if (head.Table != backlog.Table.Key)
                throw new UsageException($"{plan.Name} was made for the table {head.Table}, not for {backlog.Table.Key}.");

            var settings = options.Read(arguments) with
            {
                Rate = head.Rate,
                BatchSize = head.BatchSize,
                Delay = TimeSpan.FromSeconds(head.DelaySeconds),
                Task = head.Task ?? new TaskTemplate(),
            };
            await using var route = RunVerb.Route(head.Through == Via.Episode, settings, backlog, context, stop);
            var reporter = context.Reporter(arguments.GetValue(json));
            return await Run(plan, backlog, new BatchRun(backlog, route, settings, context, reporter, stop), reporter, stop);
        });
        return apply;
    }

    private static async Task<int> Run(
        FileInfo plan, Backlog backlog, BatchRun batch, IReporter reporter, Stop stop)
    {
        var refused = 0;
        var exit = await batch.Locked(async () =>
        {
            var check = new PlanCheck(new PlannedRows(backlog));
            await check.Run(PlanFile.ReadItems(plan), Refuse, stop.Token);
            reporter.Say(
                "checked",
                $"{check.Fit} items to process, {check.Done} done before, {refused} changed since the plan.",
                new { count = check.Fit, done = check.Done, refused });
            return check.Fit == 0
                ? ExitCodes.Ok
                : await batch.Dispatch(check.Source(PlanFile.ReadItems(plan), stop.Token), check.Fit);
        });
        return exit == ExitCodes.Ok && refused > 0 ? ExitCodes.Failed : exit;

        void Refuse(string id, string problem)
        {
            refused++;
            reporter.Warn(id, $"Media #{id} is left out: {problem}.");
        }
    }
}
