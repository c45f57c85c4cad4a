namespace Podcast.FaultRunner.Cli;

/// <summary>The exit codes of the process.</summary>
internal static class ExitCodes
{
    /// <summary>All invariants hold.</summary>
    public const int Ok = 0;

    /// <summary>At least one invariant does not hold.</summary>
    public const int Failed = 1;

    /// <summary>The command line is invalid; nothing was begun.</summary>
    public const int Usage = 2;

    /// <summary>The run could not be carried out: a server is not installed, or a service does not start.</summary>
    public const int NotRun = 3;

    /// <summary>Stopped by Ctrl-C or SIGTERM.</summary>
    public const int Stopped = 130;
}
