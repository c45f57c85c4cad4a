using System.Net;
using System.Net.Sockets;

namespace Podcast.Testing;

/// <summary>Finds free ports of 127.0.0.1 for servers that cannot choose one by themselves.</summary>
public static class Ports
{
    // Below the ephemeral ports: an outgoing connection may get one of those before the server binds it.
    private const int First = 10_000;
    private const int Last = 19_999;

    private static readonly Lock gate = new();
    private static readonly HashSet<int> given = [];

    /// <summary>Returns <paramref name="count"/> different ports that are free now. This process gets each port once.</summary>
    public static int[] Free(int count = 1)
    {
        lock (gate)
            return [.. Enumerable.Range(0, count).Select(_ => Free())];
    }

    private static int Free()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last + 1);
            if (given.Contains(port) || !IsFree(port))
                continue;

            given.Add(port);
            return port;
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
