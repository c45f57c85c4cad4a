using System.Net;
using System.Net.Sockets;

namespace Podcast.Testing;

/// <summary>Finds free ports of 127.0.0.1 for servers that cannot choose one by themselves.</summary>
public static class Ports
{
    /// <summary>Returns <paramref name="count"/> different ports. Each was free a moment ago.</summary>
    public static int[] Free(int count = 1)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        try
        {
            listeners.ForEach(listener => listener.Start());
            return [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        }
        finally
        {
            listeners.ForEach(listener => listener.Dispose());
        }
    }
}
