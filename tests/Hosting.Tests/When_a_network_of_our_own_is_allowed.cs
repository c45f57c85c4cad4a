using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Podcast.Hosting.Tests;

public sealed class When_a_network_of_our_own_is_allowed
{
    [Fact]
    public void addresses_in_it_are_allowed_and_no_others()
    {
        using var services = Services("172.20.0.0/16");
        var options = services.GetRequiredService<IOptions<SourceOptions>>().Value;

        OutsideAddresses.IsAllowed(IPAddress.Parse("172.20.0.5"), options).ShouldBeTrue();
        OutsideAddresses.IsAllowed(IPAddress.Parse("172.21.0.5"), options).ShouldBeFalse();
    }

    [Theory]
    [InlineData("somewhere")]
    [InlineData("172.20.0.0/33")]
    public void text_that_is_no_network_stops_the_start(string network)
    {
        using var services = Services(network);

        var refused = Should.Throw<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate);

        refused.Failures.ShouldBe(["Sources__AllowedNetworks__0 cannot be read as IPNetwork."]);
    }

    private static ServiceProvider Services(string network) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("Sources:AllowedNetworks:0", (string?)network)]).Build())
        .AddOutsideAddresses().BuildServiceProvider();
}
