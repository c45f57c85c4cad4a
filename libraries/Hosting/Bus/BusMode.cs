namespace Podcast.Hosting.Bus;

/// <summary>
/// Set <see cref="DeclareOnly"/> before the bus is built: the process then declares exchanges and queues and consumes nothing.
/// </summary>
internal sealed class BusMode
{
    public bool DeclareOnly { get; set; }
}
