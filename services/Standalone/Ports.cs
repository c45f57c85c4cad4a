using System.Net;
using System.Net.Sockets;

namespace Podcast.Standalone;

internal static class Ports
{
    /// <summary>A port on loopback that was free a moment ago.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
