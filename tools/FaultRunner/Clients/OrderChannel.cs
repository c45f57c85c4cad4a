namespace Podcast.FaultRunner.Clients;

/// <summary>The ways to submit an episode.</summary>
internal enum OrderChannel
{
    /// <summary>Prepare, upload to the provider and confirm, over HTTP.</summary>
    Upload,

    /// <summary>Submit an address over HTTP.</summary>
    Address,

    /// <summary>Publish plain JSON on the bus.</summary>
    Bus,

    /// <summary>
    /// Publish plain JSON on the bus for a file that the provider does not know, so that the episode must fail.
    /// </summary>
    Hopeless,
}
