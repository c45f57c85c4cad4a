namespace Podcast.FaultRunner.Clients;

/// <summary>How an episode comes in.</summary>
internal enum Door
{
    /// <summary>Prepare, upload to the provider, confirm.</summary>
    Upload,

    /// <summary>An address over HTTP.</summary>
    Address,

    /// <summary>Plain JSON on the bus.</summary>
    Bus,

    /// <summary>Plain JSON on the bus, of a file that the provider does not know: it can only fail.</summary>
    Hopeless,
}
