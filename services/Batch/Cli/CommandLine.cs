using System.CommandLine;
using Podcast.Batch.Running;

namespace Podcast.Batch.Cli;

/// <summary>The words that one can say on the command line.</summary>
internal static class CommandLine
{
    /// <summary>Carries out what <paramref name="args"/> say; never throws.</summary>
    public static async Task<int> Run(string[] args, Surroundings world)
    {
        var command = Root(world).Parse(args);
        if (command.Errors is [var error, ..])
        {
            await world.Error.WriteLineAsync($"podcast-batch: {error.Message}");
            return ExitCodes.Usage;
        }

        try
        {
            return await command.InvokeAsync(new InvocationConfiguration
            {
                Output = world.Out,
                Error = world.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (Refusal refusal)
        {
            await world.Error.WriteLineAsync($"podcast-batch: {refusal.Message}");
            return refusal.ExitCode;
        }
        catch (OperationCanceledException)
        {
            await world.Error.WriteLineAsync("podcast-batch: stopped.");
            return ExitCodes.Stopped;
        }
    }

    private static RootCommand Root(Surroundings world)
    {
        var table = new TableOptions();
        var root = new RootCommand("Works off a table of media addresses through Ittybit: rate limited, resumable, each item once.");
        foreach (var option in table.All)
            root.Options.Add(option);
        root.Subcommands.Add(Run(table, world));
        return root;
    }

    private static Command Run(TableOptions table, Surroundings world)
    {
        var options = new RunOptions();
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would be processed without dispatching." };
        var resume = new Option<bool>("--resume") { Description = "Poll for already-dispatched tasks instead of dispatching new ones." };
        var addColumns = new Option<bool>("--add-columns") { Description = "Add the columns that the table lacks." };
        var json = new Option<bool>("--json") { Description = "One JSON object per line instead of text and bars." };
        var run = new Command("run", "Dispatch what is pending, then wait for the results.") { dryRun, resume, addColumns, json, options.Limit };
        run.Aliases.Add("media:batch-process");
        foreach (var option in options.Pacing.Concat(options.Task))
            run.Options.Add(option);

        run.SetAction(async (arguments, _) =>
        {
            using var stop = new Stop();
            using var signals = new Signals(stop, world);
            await using var backlog = await table.Open(arguments, world, stop.Token, arguments.GetValue(addColumns));
            var settings = options.Read(arguments);
            var reporter = world.Reporter(arguments.GetValue(json));
            if (arguments.GetValue(dryRun))
                return await DryRun.Run(backlog, settings.Limit, reporter, stop.Token);

            var batch = new BatchRun(backlog, settings, world, reporter, stop);
            return await (arguments.GetValue(resume) ? batch.Resume() : batch.Everything());
        });
        return run;
    }
}
