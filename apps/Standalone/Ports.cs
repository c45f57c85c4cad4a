using System.Net;
using System.Net.Sockets;

namespace Podcast.Standalone;

internal static class Ports
{
    // Below those that systems give to connections and to whoever asks for any: nobody takes it by chance before it is bound.
    private const int First = 20_000;
    private const int Last = 32_767;

    /// <summary>A port on loopback that is free.</summary>
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
                // somebody has it
            }
        }
    }
}
