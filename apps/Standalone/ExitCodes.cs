namespace Podcast.Standalone;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>The episode failed, is held, or the system could not do its work.</summary>
    public const int Failed = 1;

    /// <summary>The command line makes no sense.</summary>
    public const int Usage = 2;

    /// <summary>Ctrl-C.</summary>
    public const int Stopped = 130;
}
