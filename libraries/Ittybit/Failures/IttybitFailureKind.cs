namespace Podcast.Ittybit;

/// <summary>What a failed call asks of the caller.</summary>
public enum IttybitFailureKind
{
    /// <summary>Worth another try by itself. A request that makes something may have been accepted: look before asking again.</summary>
    Transient,

    /// <summary>The same request will be refused again.</summary>
    Final,

    /// <summary>No request will be accepted just now (too many, no money, no valid key): nothing is wrong with this one.</summary>
    LaneBlocked,
}
