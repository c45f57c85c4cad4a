namespace Podcast.Hosting.Bus;

/// <summary>Whether this process is here to work or only to declare exchanges and queues. Decided before the bus is made.</summary>
internal sealed class BusMode
{
    public bool DeclareOnly { get; set; }
}
