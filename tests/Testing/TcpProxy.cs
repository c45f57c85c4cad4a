using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Podcast.Testing;

/// <summary>
/// A TCP proxy whose connections a test can cut and restore. With several servers, connections are distributed in turn; one that
/// cannot be reached is skipped.
/// </summary>
public sealed class TcpProxy : IDisposable
{
    private readonly DnsEndPoint[] servers;
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> open = [];
    private volatile bool cut;
    private uint connections;

    public TcpProxy(DnsEndPoint server)
        : this([server])
    {
    }

    private TcpProxy(DnsEndPoint[] servers)
    {
        this.servers = servers;
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _ = Accept();
    }

    /// <summary>The port of 127.0.0.1 on which the proxy listens.</summary>
    public int Port { get; }

    /// <summary>Makes a proxy in front of several servers.</summary>
    public static TcpProxy To(params DnsEndPoint[] servers) => new(servers);

    /// <summary>Closes all connections, and each new one at once, until <see cref="Mend"/>.</summary>
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
        if (cut)
            return;

        try
        {
            using var far = await Connect();
            open.Add(near);
            open.Add(far);
            if (cut)
                return;

            await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream()), far.GetStream().CopyToAsync(near.GetStream()));
        }
        catch (Exception ended) when (ended is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // connections that end are expected here
        }
    }

    private async Task<TcpClient> Connect()
    {
        var first = Interlocked.Increment(ref connections);
        for (var tries = 0u; ; tries++)
        {
            var far = new TcpClient();
            var server = servers[(first + tries) % servers.Length];
            try
            {
                await far.ConnectAsync(server.Host, server.Port);
                return far;
            }
            catch (SocketException)
            {
                far.Dispose();
                if (tries + 1 == servers.Length)
                    throw;
            }
        }
    }
}
