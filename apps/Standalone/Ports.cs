using System.Net;
using System.Net.Sockets;

namespace Podcast.Standalone;

internal static class Ports
{
    /// <summary>
    /// Returns a loopback port that is free now. It lies below the ephemeral ports, so that no other process is given it by
    /// chance before it is bound.
    /// </summary>
    public static int Free()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_768);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // the port is in use
            }
        }
    }
}
