using System.Net;
using System.Net.Sockets;

namespace Podcast.Standalone;

internal static class Ports
{
    // Below the ephemeral ports, so that no other process is given the port by chance before it is bound.
    private const int First = 20_000;
    private const int Last = 32_767;

    /// <summary>Returns a loopback port that is free now.</summary>
    public static int Free()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last + 1);
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
