namespace Podcast.FaultRunner.Cli;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCodes
{
    /// <summary>All invariants hold.</summary>
    public const int Ok = 0;

    /// <summary>One does not.</summary>
    public const int Failed = 1;

    /// <summary>The command line makes no sense: nothing was begun.</summary>
    public const int Usage = 2;

    /// <summary>The run could not be carried out: a server is not installed, or a service does not start.</summary>
    public const int NotRun = 3;

    /// <summary>Ctrl-C, or a request to end.</summary>
    public const int Stopped = 130;
}
