namespace Podcast.FaultRunner.Cli;

/// <summary>The faults of Transistor and YouTube, each as a percentage of the requests, chunks, uploads or items that it names.</summary>
internal sealed record ChannelChaos
{
    /// <summary>Requests that are answered 429 or 5xx.</summary>
    public double Refused { get; init; } = 4;

    /// <summary>Requests that are executed, but never answered.</summary>
    public double Lost { get; init; } = 4;

    /// <summary>Chunks of which only a half is stored: a third each is answered as usual, with 503, and by a reset.</summary>
    public double Halved { get; init; } = 12;

    /// <summary>Chunks at which the upload session expires.</summary>
    public double Expired { get; init; } = 2;

    /// <summary>Uploads whose session is forgotten as soon as they are complete.</summary>
    public double Forgotten { get; init; } = 20;

    /// <summary>Captions that are accepted and never appear.</summary>
    public double Swallowed { get; init; } = 5;

    /// <summary>Items that the channel cannot process, or rejects.</summary>
    public double Unusable { get; init; } = 2;
}
