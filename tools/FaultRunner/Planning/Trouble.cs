namespace Podcast.FaultRunner.Planning;

/// <summary>What can be done to whom.</summary>
internal enum Trouble
{
    /// <summary>SIGKILL, and a start a moment later.</summary>
    Kill,

    /// <summary>The same at a named place in its code: between a commit and what follows from it.</summary>
    KillAtPoint,

    /// <summary>SIGKILL for all services at once, and a start in any order.</summary>
    KillAll,

    /// <summary>SIGTERM, as at a deployment.</summary>
    Deploy,

    /// <summary>SIGSTOP, and SIGCONT later: it wakes up and does not know what it missed.</summary>
    Pause,

    /// <summary>Its line to the broker is cut.</summary>
    CutBroker,

    /// <summary>Its line to the database is cut.</summary>
    CutDatabase,

    /// <summary>The broker is shut down in order, and started again.</summary>
    StopBroker,

    /// <summary>SIGKILL for the broker.</summary>
    KillBroker,

    /// <summary>The database is shut down at once, without farewells, and started again.</summary>
    StopDatabase,

    /// <summary>SIGKILL for the database.</summary>
    KillDatabase,

    /// <summary>The provider is gone for a while.</summary>
    KillProvider,

    /// <summary>The provider does not answer for a while.</summary>
    PauseProvider,
}
