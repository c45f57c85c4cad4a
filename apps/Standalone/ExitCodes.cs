namespace Podcast.Standalone;

/// <summary>The exit codes of the process.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>The episode failed, is held or cancelled, or the services could not start or work.</summary>
    public const int Failed = 1;

    /// <summary>The command line is invalid.</summary>
    public const int Usage = 2;

    /// <summary>Stopped by Ctrl-C.</summary>
    public const int Stopped = 130;
}
