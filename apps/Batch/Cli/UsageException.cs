namespace Podcast.Batch.Cli;

/// <summary>Ends the command with one line for people and an exit code. The line holds no secret.</summary>
internal sealed class UsageException(string message, int exitCode = ExitCodes.Usage, Exception? inner = null) : Exception(message, inner)
{
    public int ExitCode => exitCode;
}
