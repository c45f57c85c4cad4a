using System.CommandLine;
using Podcast.FaultRunner.BuiltIn;
using Podcast.FaultRunner.Runs;

namespace Podcast.FaultRunner.Cli;

/// <summary>The commands of the command line.</summary>
internal static class CommandLine
{
    /// <summary>Executes the command in <paramref name="args"/> and returns the exit code.</summary>
    public static async Task<int> Run(string[] args, TextWriter output, TextWriter error)
    {
        var command = Root(output, error).Parse(args);
        if (command.Errors is [var first, ..])
        {
            // If there are several errors about one option, our own starts with the option's name and is more precise.
            var wrong = command.Errors.LastOrDefault(one => one.Message.StartsWith("--", StringComparison.Ordinal)) ?? first;
            await error.WriteLineAsync($"podcast-faults: {wrong.Message.ReplaceLineEndings(" ")}");
            return ExitCodes.Usage;
        }

        try
        {
            return await command.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("podcast-faults: stopped.");
            return ExitCodes.Stopped;
        }
        catch (Exception failure) when (failure is InvalidOperationException or TimeoutException)
        {
            await error.WriteLineAsync($"podcast-faults: {failure.Message}");
            return ExitCodes.NotRun;
        }
    }

    private static RootCommand Root(TextWriter output, TextWriter error)
    {
        var options = new RunOptions();
        var root = new RootCommand("Runs the services on servers of their own, does harm to all of them, and checks that nothing was lost and nothing happened twice.");
        foreach (var option in options.All)
            root.Options.Add(option);
        root.SetAction((arguments, cancellationToken) => FaultRun.Execute(options.Read(arguments), output, error, cancellationToken));
        root.Subcommands.Add(BrokenHost.Verb());
        return root;
    }
}
