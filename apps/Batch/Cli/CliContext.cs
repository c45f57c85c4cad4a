using Microsoft.Extensions.Configuration;
using Podcast.Batch.Showing;
using Spectre.Console;

namespace Podcast.Batch.Cli;

/// <summary>What a command sees of the world: streams, configuration, clock.</summary>
/// <param name="Terminal">Where bars can be drawn; null where the output goes elsewhere.</param>
internal sealed record CliContext(
    Stream In, TextWriter Out, TextWriter Error, IAnsiConsole? Terminal, IConfiguration Configuration, TimeProvider Clock)
{
    /// <summary>The process's own. Settings may also stand in a file <c>.env</c>, as in the tutorial; the environment goes first.</summary>
    public static CliContext OfProcess()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(EnvFile.Read(".env"))
            .AddEnvironmentVariables()
            .Build();
        var terminal = Console.IsOutputRedirected ? null : AnsiConsole.Console;
        return new CliContext(
            Console.OpenStandardInput(), Console.Out, Console.Error,
            terminal?.Profile.Capabilities.Interactive == true ? terminal : null, configuration, TimeProvider.System);
    }

    public IReporter Reporter(bool json) => (json, Terminal) switch
    {
        (true, _) => new JsonLines(Out, Clock),
        (_, { } terminal) => new LiveBars(terminal),
        _ => new PlainLines(Out, Error, Clock),
    };
}
