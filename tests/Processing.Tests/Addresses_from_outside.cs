using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Podcast.Hosting;
using Podcast.Testing;

namespace Podcast.Processing.Tests;

/// <summary>Whoever gives us an address does not choose our own network.</summary>
public sealed class Addresses_from_outside
{
    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://127.1/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0177.0.0.1/")]
    [InlineData("http://0x7f000001/")]
    [InlineData("http://0/")]
    [InlineData("http://10.1.2.3/")]
    [InlineData("http://100.64.0.1/")]
    [InlineData("http://100.100.100.200/")]
    [InlineData("http://168.63.129.16/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://172.16.0.1/")]
    [InlineData("http://172.31.255.255/")]
    [InlineData("http://192.168.1.1/")]
    [InlineData("http://192.0.0.192/")]
    [InlineData("http://198.18.0.1/")]
    [InlineData("http://224.0.0.1/")]
    [InlineData("http://255.255.255.255/")]
    [InlineData("http://[::]/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[::ffff:127.0.0.1]/")]
    [InlineData("http://[::ffff:a00:1]/")]
    [InlineData("http://[::127.0.0.1]/")]
    [InlineData("http://[64:ff9b::10.0.0.1]/")]
    [InlineData("http://[2002:7f00:1::]/")]
    [InlineData("http://[2001::1]/")]
    [InlineData("http://[fc00::1]/")]
    [InlineData("http://[fd00:ec2::254]/")]
    [InlineData("http://[fe80::1]/")]
    [InlineData("http://[ff02::1]/")]
    [InlineData("http://localhost/")]
    [InlineData("ftp://93.184.216.34/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://93.184.216.34/")]
    public async Task inside_is_refused_in_every_spelling(string address) =>
        (await Guard().Refusal(new Uri(address), default)).ShouldNotBeNull();

    [Theory]
    [InlineData("https://93.184.216.34/raw.mp4")]
    [InlineData("http://172.32.0.1/")]
    [InlineData("http://100.128.0.1/")]
    [InlineData("http://[2606:2800:220:1:248:1893:25c8:1946]/")]
    [InlineData("http://[64:ff9b::93.184.216.34]/")]
    [InlineData("https://cdn.example/")]
    public async Task outside_is_not(string address) =>
        (await Guard(_ => [IPAddress.Parse("93.184.216.34")]).Refusal(new Uri(address), default)).ShouldBeNull();

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("93.184.216.34", "10.0.0.1")]
    [InlineData("2606:2800:220:1:248:1893:25c8:1946", "::1")]
    public async Task a_name_is_as_far_inside_as_the_nearest_of_its_addresses(params string[] addresses) =>
        (await Guard(_ => [.. addresses.Select(IPAddress.Parse)]).Refusal(new Uri("https://cdn.example/"), default))
            .ShouldBe("The host cdn.example is not on the public Internet.");

    [Fact]
    public async Task a_name_that_leads_nowhere_is_refused() =>
        (await Guard(_ => throw new SocketException((int)SocketError.HostNotFound)).Refusal(new Uri("https://cdn.example/"), default))
            .ShouldBe("The host cdn.example cannot be found.");

    [Theory]
    [InlineData(SocketError.TryAgain)]
    [InlineData(SocketError.NoRecovery)]
    public async Task a_name_that_nobody_can_look_up_just_now_is_not_called_bad(SocketError error) =>
        (await Should.ThrowAsync<SocketException>(
            () => Guard(_ => throw new SocketException((int)error)).Refusal(new Uri("https://cdn.example/"), default)))
        .SocketErrorCode.ShouldBe(error);

    [Fact]
    public async Task rebound_dns_name_is_checked_again_at_the_connection()
    {
        var answers = new Queue<string>(["93.184.216.34", "127.0.0.1"]);
        var guard = Guard(_ => [IPAddress.Parse(answers.Dequeue())]);
        var address = new Uri("http://rebinding.example/");
        (await guard.Refusal(address, default)).ShouldBeNull();

        using var client = new HttpClient(guard.CreateHandler());
        var refused = await Should.ThrowAsync<HttpRequestException>(() => client.GetAsync(address));

        refused.InnerException.ShouldBeOfType<AddressRefusedException>();
        answers.ShouldBeEmpty();
    }

    [Fact]
    public async Task the_connection_is_made_to_the_address_that_was_checked()
    {
        await using var server = await IttybitServer.Start();
        server.On("GET /", Reply.Content("text/plain", "hello"));
        var asked = 0;
        var guard = Guard(
            _ =>
            {
                asked++;
                return [IPAddress.Loopback];
            },
            new SourceOptions { AllowLoopback = true });

        using var client = new HttpClient(guard.CreateHandler());
        (await client.GetStringAsync(new UriBuilder(server.Address) { Host = "name.example" }.Uri)).ShouldBe("hello");

        asked.ShouldBe(1);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("10.0.0.1", false)]
    [InlineData("169.254.169.254", false)]
    public async Task leave_for_loopback_is_leave_for_nothing_else(string address, bool allowed) =>
        (await Guard(_ => [IPAddress.Parse(address)], new SourceOptions { AllowLoopback = true }).Refusal(new Uri("http://x.example/"), default) is null)
            .ShouldBe(allowed);

    [Theory]
    [InlineData("172.20.0.5", true)]
    [InlineData("::ffff:172.20.0.5", true)]
    [InlineData("172.16.0.5", false)]
    public async Task a_network_of_our_own_can_be_allowed(string address, bool allowed) =>
        (await Guard(_ => [IPAddress.Parse(address)], new SourceOptions { AllowedNetworks = [IPNetwork.Parse("172.20.0.0/16")] })
            .Refusal(new Uri("http://x.example/"), default) is null).ShouldBe(allowed);

    private static OutsideAddresses Guard(Func<string, IPAddress[]>? resolve = null, SourceOptions? options = null) => new(
        Options.Create(options ?? new SourceOptions()),
        (host, cancellationToken) => resolve is null ? Dns.GetHostAddressesAsync(host, cancellationToken) : Task.FromResult(resolve(host)));
}
