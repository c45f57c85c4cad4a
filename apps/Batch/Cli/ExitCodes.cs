namespace Podcast.Batch.Cli;

/// <summary>The exit codes of the process.</summary>
internal static class ExitCodes
{
    /// <summary>All items completed, or there was nothing to do.</summary>
    public const int Ok = 0;

    /// <summary>Some items failed, or the run had to stop before its end.</summary>
    public const int Failed = 1;

    /// <summary>The command line, the database, the table or the configuration is invalid; nothing was begun.</summary>
    public const int Usage = 2;

    /// <summary>Another run works on this table.</summary>
    public const int Busy = 3;

    /// <summary>Stopped by Ctrl-C or SIGTERM.</summary>
    public const int Stopped = 130;
}
