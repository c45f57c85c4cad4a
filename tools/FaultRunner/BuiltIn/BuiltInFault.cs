namespace Podcast.FaultRunner.BuiltIn;

/// <summary>The mechanism that a deliberately broken host lacks.</summary>
internal enum BuiltInFault
{
    /// <summary>The orchestrator has no inbox: it does not know which messages it has consumed.</summary>
    Inbox,

    /// <summary>The gateway answers before the broker has confirmed the message.</summary>
    Confirm,

    /// <summary>The orchestrator applies each failure to the current attempt, whichever attempt the message names.</summary>
    Fence,

    /// <summary>The publisher finds nothing when it looks for what it made before a crash or a lost answer.</summary>
    Search,
}
