using Podcast;
using Podcast.Standalone;

var command = CommandLine.Root().Parse(args);
if (command.Errors is [var error, ..])
{
    await Console.Error.WriteLineAsync($"podcast: {error.Message}");
    return ExitCodes.Usage;
}

return await command.InvokeAsync();
