using System.CommandLine.Help;
using Podcast.Batch.Verbs;
using Podcast.Hosting.Startup;

namespace Podcast.Batch.Cli;

internal static class CommandLine
{
    private const string Purpose = "Works off a table of media addresses through Ittybit: rate limited, resumable, each item once.";

    /// <summary>
    /// Executes the command in <paramref name="args"/> and returns the exit code. Errors of usage, settings, database and files
    /// become one line of text instead of an exception.
    /// </summary>
    public static async Task<int> Run(string[] args, CliContext context)
    {
        var command = Root(context).Parse(args);
        try
        {
            if (Problem(command) is { } problem)
                throw new UsageException(problem);

            return await command.InvokeAsync(new InvocationConfiguration
            {
                Output = context.Out,
                Error = context.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (Exception exception) when (Describe(exception) is var (words, exitCode))
        {
            await context.Error.WriteLineAsync($"podcast-batch: {words}");
            return exitCode;
        }
    }

    internal static Command Root(CliContext context)
    {
        var table = new TableOptions();
        var root = new Command("podcast-batch", Purpose)
        {
            new HelpOption(),
            new VersionOption(),
            RunVerb.Make(table, context),
            PlanVerb.Make(table, context),
            ApplyVerb.Make(table, context),
            StatusVerb.Make(table, context),
            RetryVerb.Make(table, context),
            ImportVerb.Make(table, context),
            ExportVerb.Make(table, context),
            InitVerb.Make(table, context),
        };
        foreach (var option in table.All)
            root.Add(option);
        return root;
    }

    private static (string Words, int ExitCode)? Describe(Exception exception) => exception switch
    {
        UsageException usage => (usage.Message, usage.ExitCode),
        OperationCanceledException => ("stopped.", ExitCodes.Stopped),
        DbException or IOException or UnauthorizedAccessException => (Databases.Reason(exception), ExitCodes.Failed),
        _ => StartFailure.Describe(exception) is { } words ? (words, ExitCodes.Usage) : null,
    };

    private static string? Problem(ParseResult command)
    {
        // The parser also reports the option's value, as its last error, which is misleading and may show a secret.
        if (command.UnmatchedTokens.FirstOrDefault(token => token.StartsWith('-')) is { } option)
            return $"There is no option {option.Split('=')[0]}; --help lists them.";

        // If there are several errors about one option, the last one is our own, which is more precise.
        return command.Errors is [.., var error] ? error.Message.ReplaceLineEndings(" ") : null;
    }
}
