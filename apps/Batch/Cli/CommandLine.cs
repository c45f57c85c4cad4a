using System.CommandLine.Help;
using Podcast.Batch.Verbs;

namespace Podcast.Batch.Cli;

/// <summary>The commands of the command line.</summary>
internal static class CommandLine
{
    /// <summary>
    /// Executes the command in <paramref name="args"/> and returns the exit code. Errors of usage, database and files become one
    /// line of text instead of an exception.
    /// </summary>
    public static async Task<int> Run(string[] args, CliContext context)
    {
        var command = Root(context).Parse(args);
        if (Problem(command) is { } problem)
        {
            await context.Error.WriteLineAsync($"podcast-batch: {problem}");
            return ExitCodes.Usage;
        }

        try
        {
            return await command.InvokeAsync(new InvocationConfiguration
            {
                Output = context.Out,
                Error = context.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (UsageException refusal)
        {
            await context.Error.WriteLineAsync($"podcast-batch: {refusal.Message}");
            return refusal.ExitCode;
        }
        catch (OperationCanceledException)
        {
            await context.Error.WriteLineAsync("podcast-batch: stopped.");
            return ExitCodes.Stopped;
        }
        catch (Exception exception) when (exception is DbException or IOException or UnauthorizedAccessException)
        {
            await context.Error.WriteLineAsync($"podcast-batch: {Databases.Reason(exception)}");
            return ExitCodes.Failed;
        }
    }

    private static string? Problem(ParseResult command)
    {
        // The parser also reports the option's value, as its last error, which is misleading and may show a secret.
        if (command.UnmatchedTokens.FirstOrDefault(token => token.StartsWith('-')) is { } option)
            return $"There is no option {option.Split('=')[0]}; --help lists them.";

        // If there are several errors about one option, the last one is our own, which is more precise.
        return command.Errors is [.., var error] ? error.Message.ReplaceLineEndings(" ") : null;
    }

    internal static Command Root(CliContext context)
    {
        var table = new TableOptions();
        var root = new Command("podcast-batch", "Works off a table of media addresses through Ittybit: rate limited, resumable, each item once.")
        {
            new HelpOption(), new VersionOption(),
        };
        foreach (var option in table.All)
            root.Options.Add(option);
        root.Subcommands.Add(RunVerb.Make(table, context));
        root.Subcommands.Add(PlanVerb.Make(table, context));
        root.Subcommands.Add(ApplyVerb.Make(table, context));
        root.Subcommands.Add(StatusVerb.Make(table, context));
        root.Subcommands.Add(RetryVerb.Make(table, context));
        root.Subcommands.Add(ImportVerb.Make(table, context));
        root.Subcommands.Add(ExportVerb.Make(table, context));
        root.Subcommands.Add(InitVerb.Make(table, context));
        return root;
    }
}
