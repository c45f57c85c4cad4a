using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Podcast.Testing;

/// <summary>A line to a server that a test can cut and mend.</summary>
public sealed class TcpProxy : IDisposable
{
    private readonly DnsEndPoint server;
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> open = [];
    private volatile bool cut;

    public TcpProxy(DnsEndPoint server)
    {
        this.server = server;
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _ = Accept();
    }

    /// <summary>Of 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Ends all connections, and every new one at once, until <see cref="Mend"/>.</summary>
    public void Cut()
    {
        cut = true;
        while (open.TryTake(out var client))
            client.Dispose();
    }

    public void Mend() => cut = false;

    public void Dispose()
    {
        listener.Dispose();
        Cut();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
                _ = Forward(await listener.AcceptTcpClientAsync());
        }
        catch (SocketException)
        {
            // disposed
        }
        catch (ObjectDisposedException)
        {
        }
    }

    private async Task Forward(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient();
        if (cut)
            return;

        try
        {
            await far.ConnectAsync(server.Host, server.Port);
            open.Add(near);
            open.Add(far);
            if (cut)
                return;

            await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream()), far.GetStream().CopyToAsync(near.GetStream()));
        }
        catch (Exception ended) when (ended is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // the end of a line is what this is for
        }
    }
}
