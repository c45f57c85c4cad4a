namespace Podcast.Batch.Cli;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCodes
{
    /// <summary>All completed, or nothing to do.</summary>
    public const int Ok = 0;

    /// <summary>Some items failed, or the run had to stop before its end.</summary>
    public const int Failed = 1;

    /// <summary>The command line, the database, the table or the configuration make no sense: nothing was begun.</summary>
    public const int Usage = 2;

    /// <summary>Another run works on this table.</summary>
    public const int Busy = 3;

    /// <summary>Ctrl-C, or a request to end.</summary>
    public const int Stopped = 130;
}
