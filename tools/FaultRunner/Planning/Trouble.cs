namespace Podcast.FaultRunner.Planning;

/// <summary>The types of faults.</summary>
internal enum Trouble
{
    /// <summary>SIGKILL for a service, and a restart after a pause.</summary>
    Kill,

    /// <summary>
    /// A service kills itself at a named point in its code, between a commit and the step that follows from it.
    /// </summary>
    KillAtPoint,

    /// <summary>SIGKILL for all services at once, and a restart in reverse order.</summary>
    KillAll,

    /// <summary>SIGTERM for a service, as in a deployment, and a restart.</summary>
    Deploy,

    /// <summary>SIGSTOP for a service, and SIGCONT later: it resumes without knowing that time has passed.</summary>
    Pause,

    /// <summary>A service's connections to the broker are cut.</summary>
    CutBroker,

    /// <summary>A service's connections to the database are cut.</summary>
    CutDatabase,

    /// <summary>SIGTERM for the broker (an orderly shutdown), and a restart.</summary>
    StopBroker,

    /// <summary>SIGKILL for the broker, and a restart.</summary>
    KillBroker,

    /// <summary>SIGQUIT for the database (an immediate shutdown), and a restart.</summary>
    StopDatabase,

    /// <summary>SIGKILL for the database, and a restart.</summary>
    KillDatabase,

    /// <summary>SIGKILL for the provider's emulator, and a restart.</summary>
    KillProvider,

    /// <summary>SIGSTOP for the provider's emulator, and SIGCONT later.</summary>
    PauseProvider,
}
