using Podcast.Batch.Planning;
using Podcast.Batch.Reporting;

namespace Podcast.Batch.Verbs;

/// <summary><c>apply FILE</c>: processes the items of a plan and refuses rows that were changed since.</summary>
internal static class ApplyVerb
{
    public static Command Make(TableOptions table, CliContext context)
    {
        var options = new RunOptions();
        var file = new Argument<FileInfo>("FILE") { Description = "What `plan` wrote." };
        var json = new Option<bool>("--json") { Description = "One JSON object per line instead of text and bars." };
        var apply = new Command("apply", "Do exactly what a plan says. Rows that were changed meanwhile are refused.") { file, json };
        foreach (var option in options.Waiting.Concat(options.Reporting).Concat(options.Episodes))
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
            var shown = context.Reporter(arguments.GetValue(json));
            return await ReportedRun.Execute(settings, backlog, route.Via, context, shown, async reporter =>
            {
                var batch = new BatchRun(backlog, route, settings, context, reporter, stop);
                var check = new PlanCheck(backlog, reporter);
                var exit = await batch.Locked(async () =>
                {
                    await check.Run(PlanFile.ReadItems(plan), stop.Token);
                    return check.Fit == 0
                        ? ExitCodes.Ok
                        : await batch.Dispatch(check.Source(PlanFile.ReadItems(plan), stop.Token), check.Fit);
                });
                return exit == ExitCodes.Ok && check.Refused > 0 ? ExitCodes.Failed : exit;
            });
        });
        return apply;
    }
}
