namespace Podcast;

/// <summary>The exit codes of the commands in this folder.</summary>
internal static class ExitCodes
{
    /// <summary>All that was asked for is done, or there was nothing to do.</summary>
    public const int Ok = 0;

    /// <summary>Something failed or is held, or the command had to stop before its end.</summary>
    public const int Failed = 1;

    /// <summary>The command line, the database, the table or the configuration is invalid; nothing was begun.</summary>
    public const int Usage = 2;

    /// <summary>Another run works on this table.</summary>
    public const int Busy = 3;

    /// <summary>Stopped by Ctrl-C or SIGTERM.</summary>
    public const int Stopped = 130;
}
