using Microsoft.Extensions.Configuration;
using Spectre.Console;

namespace Podcast.Batch.Cli;

/// <summary>The streams, configuration and clock of a command. Tests replace them.</summary>
/// <param name="Terminal">The terminal for progress bars; null if the output is redirected or not interactive.</param>
internal sealed record CliContext(
    Stream In, TextWriter Out, TextWriter Error, IAnsiConsole? Terminal, IConfiguration Configuration, TimeProvider Clock)
{
    /// <summary>Settings may also be in a file <c>.env</c>, as in the tutorial; environment variables override it.</summary>
    public static CliContext OfProcess() => new(
        Console.OpenStandardInput(),
        Console.Out,
        Console.Error,
        !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Interactive ? AnsiConsole.Console : null,
        new ConfigurationBuilder().AddInMemoryCollection(EnvFile.Read(".env")).AddEnvironmentVariables().Build(),
        TimeProvider.System);

    public IReporter Reporter(bool json) => (json, Terminal) switch
    {
        (true, _) => new JsonLines(Out, Clock),
        (_, { } terminal) => new LiveBars(terminal),
        _ => new PlainLines(Out, Error, Clock),
    };
}

/// <summary>Ends the command with one line of text and an exit code. The text contains no secret.</summary>
internal sealed class UsageException(string message, int exitCode = ExitCodes.Usage, Exception? inner = null) : Exception(message, inner)
{
    public int ExitCode => exitCode;
}
