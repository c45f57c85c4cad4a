namespace Podcast.Batch.Cli;

/// <summary>Ends the command with one line of text and an exit code. The text contains no secret.</summary>
internal sealed class UsageException(string message, int exitCode = ExitCodes.Usage, Exception? inner = null) : Exception(message, inner)
{
    public int ExitCode => exitCode;
}
