using System.Net;
using Microsoft.Security.AntiSSRF;

namespace Podcast.Hosting.Tests;

/// <summary>Our list of networks, held against the one that Microsoft keeps up to date for the same purpose.</summary>
public sealed class The_inside_networks
{
    // A host without IPv4 reaches the public Internet through it: of these, we look at the IPv4 address inside.
    private const string Nat64 = "64:ff9b::/96";

    public static TheoryData<string> Denied =>
        [.. new AntiSSRFPolicy(PolicyConfigOptions.ExternalOnlyLatest).DeniedAddresses.Where(network => network != Nat64)];

    [Theory]
    [MemberData(nameof(Denied))]
    public void a_network_that_others_deny_is_not_public(string network)
    {
        var inside = IPNetwork.Parse(network);

        foreach (var address in new[] { inside.BaseAddress, Filled(inside, 0b0101_0101), Filled(inside, 0xff) })
            OutsideAddresses.IsPublic(address).ShouldBeFalse($"{address}");
    }

    [Theory]
    [InlineData("64:ff9b::10.0.0.1", false)]
    [InlineData("64:ff9b::192.31.196.1", false)]
    [InlineData("64:ff9b::93.184.216.34", true)]
    public void a_translated_address_is_what_it_is_in_IPv4(string address, bool isPublic) =>
        OutsideAddresses.IsPublic(IPAddress.Parse(address)).ShouldBe(isPublic);

    /// <summary>The address of the network whose other bits are those of <paramref name="pattern"/>, over and over.</summary>
    private static IPAddress Filled(IPNetwork network, byte pattern)
    {
        var address = network.BaseAddress.GetAddressBytes();
        for (var bit = network.PrefixLength; bit < address.Length * 8; bit++)
            address[bit / 8] |= (byte)(pattern & (0x80 >> (bit % 8)));
        return new IPAddress(address);
    }
}
