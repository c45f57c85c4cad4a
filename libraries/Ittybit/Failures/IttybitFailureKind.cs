namespace Podcast.Ittybit;

/// <summary>How the caller should react to a failed call.</summary>
public enum IttybitFailureKind
{
    /// <summary>May be retried. A request that creates something may have been accepted, so check before repeating it.</summary>
    Transient,

    /// <summary>The same request will be refused again.</summary>
    Final,

    /// <summary>
    /// Ittybit accepts no requests at present (rate limit, payment, invalid key); this request itself may be valid.
    /// </summary>
    LaneBlocked,
}
