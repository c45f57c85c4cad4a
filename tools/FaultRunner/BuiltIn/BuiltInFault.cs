namespace Podcast.FaultRunner.BuiltIn;

/// <summary>What a deliberately broken host does without.</summary>
internal enum BuiltInFault
{
    /// <summary>The orchestrator does not remember which messages it has consumed.</summary>
    Inbox,

    /// <summary>The gateway answers before the broker has confirmed.</summary>
    Confirm,

    /// <summary>The orchestrator takes a failure for the current attempt's, whichever it names.</summary>
    Fence,
}
