using System.Net;
using System.Net.Sockets;
using System.Text;
using Podcast.Testing;

namespace Podcast.WebhookGateway.Tests;

public sealed class When_a_body_is_too_large_or_too_slow
{
    private const int Cap = 1024 * 1024;

    [Theory]
    [InlineData(Cap, HttpStatusCode.OK)]
    [InlineData(Cap + 1, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(10 * Cap, HttpStatusCode.RequestEntityTooLarge)]
    public async Task one_mebibyte_is_the_most(int length, HttpStatusCode expected)
    {
        await using var gateway = await GatewayScenario.Start();
        const string delivery = """{"id":"task_1","status":"completed"}""";

        var (status, isClosed) = await Raw(gateway, $"Content-Length: {length}", async stream =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(delivery));
            if (expected == HttpStatusCode.OK)
                await stream.WriteAsync(Encoding.ASCII.GetBytes(new string(' ', length - delivery.Length)));
        });

        status.ShouldBe((int)expected);
        isClosed.ShouldBe(expected != HttpStatusCode.OK); // or the rest would be read before the next request
    }

    [Fact]
    public async Task a_body_of_unknown_length_is_read_only_up_to_the_cap()
    {
        await using var gateway = await GatewayScenario.Start(("WebhookGateway:MaxBodyBytes", "4096"));

        // Never ends: an answer means that nobody waited for the end.
        var (status, isClosed) = await Raw(gateway, "Transfer-Encoding: chunked", async stream =>
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"2000\r\n{new string(' ', 0x2000)}\r\n")));

        (status, isClosed).ShouldBe((413, true));
        gateway.Rejections["too_large"].ShouldBe(1);
    }

    [Fact]
    public async Task a_body_that_does_not_come_is_answered_408()
    {
        await using var gateway = await GatewayScenario.Start();

        var (status, _) = await Raw(gateway, "Content-Length: 100", async stream =>
        {
            await stream.WriteAsync("{"u8.ToArray());
            await Eventually.Holds(() => gateway.Clock.Waiting == 1, "the gateway waits for the body");
            gateway.Clock.Advance(TimeSpan.FromSeconds(4));
        });

        status.ShouldBe(408);
        gateway.Rejections["too_slow"].ShouldBe(1);
        gateway.PublishedIds.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_sender_that_goes_away_costs_nothing()
    {
        await using var gateway = await GatewayScenario.Start();
        using (var sender = new TcpClient())
        {
            await Open(gateway, sender, "Content-Length: 100");
            await sender.GetStream().WriteAsync("{"u8.ToArray());
        }

        await Eventually.Holds(() => gateway.Rejections["cut_short"] == 1, "the rejection of a body cut short");
        (await gateway.Deliver("""{"id":"task_1","status":"completed"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        gateway.PublishedIds.Count.ShouldBe(1);
    }

    /// <summary>
    /// Sends a request by hand and reads the status, whether or not the body was ever finished, and whether the connection ends.
    /// </summary>
    private static async Task<(int Status, bool IsClosed)> Raw(GatewayScenario gateway, string header, Func<NetworkStream, Task> body)
    {
        using var sender = new TcpClient();
        await Open(gateway, sender, header);
        await body(sender.GetStream());
        using var reader = new StreamReader(sender.GetStream(), Encoding.ASCII);
        var head = new List<string>();
        while (await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)) is { Length: > 0 } line)
            head.Add(line);
        return (int.Parse(head[0].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), head.Contains("Connection: close"));
    }

    private static async Task Open(GatewayScenario gateway, TcpClient sender, string header)
    {
        var address = gateway.Client.BaseAddress!;
        await sender.ConnectAsync(address.Host, address.Port);
        await sender.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {gateway.Callback()} HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/json\r\n{header}\r\n\r\n"));
    }
}
