using Podcast.Batch.Reporting;
using Podcast.Batch.Routes;

namespace Podcast.Batch.Verbs;

/// <summary><c>run</c>, also available under the tutorial's name <c>media:batch-process</c>.</summary>
internal static class RunVerb
{
    public static Command Make(TableOptions table, CliContext context)
    {
        var options = new RunOptions();
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would be processed without dispatching." };
        var resume = new Option<bool>("--resume") { Description = "Poll for already-dispatched tasks instead of dispatching new ones." };
        var addColumns = new Option<bool>("--add-columns") { Description = "Add the columns that the table lacks." };
        var json = new Option<bool>("--json") { Description = "One JSON object per line instead of text and bars." };
        var episodes = new Option<bool>("--episodes")
        {
            Description = "Through the podcast pipeline, behind today's episodes, instead of single tasks.",
        };
        var run = new Command("run", "Dispatch what is pending, then wait for the results.")
        {
            dryRun, resume, options.Earlier, addColumns, json, options.Limit, episodes,
        };
        run.Aliases.Add("media:batch-process");
        foreach (var option in options.Episodes.Concat(options.Pacing).Concat(options.Reporting).Concat(options.Task))
            run.Options.Add(option);

        run.SetAction(async (arguments, _) =>
        {
            using var stop = new Stop();
            using var signals = new Signals(stop, context);
            var use = arguments.GetValue(dryRun) ? OpenFor.Reading
                : arguments.GetValue(addColumns) ? OpenFor.AddingColumns
                : OpenFor.Working;
            await using var backlog = await table.Open(arguments, context, use, stop.Token);
            var settings = options.Read(arguments);
            var reporter = context.Reporter(arguments.GetValue(json));
            if (arguments.GetValue(dryRun))
                return await DryRun.Run(backlog, settings.Limit, reporter, stop.Token);

            await using var route = Route(arguments.GetValue(episodes), settings, backlog, context, stop);
            return await ReportedRun.Execute(settings, backlog, route.Via, context, reporter, reporter =>
            {
                var batch = new BatchRun(backlog, route, settings, context, reporter, stop);
                return arguments.GetValue(resume) ? batch.Resume() : batch.Everything();
            });
        });
        return run;
    }

    internal static IRoute Route(bool isEpisodes, RunSettings settings, Backlog backlog, CliContext context, Stop stop) =>
        isEpisodes ? new EpisodeRoute(settings, backlog, context, stop) : new TaskRoute(settings, context, stop);
}
