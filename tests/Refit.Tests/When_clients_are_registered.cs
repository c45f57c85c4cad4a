using Microsoft.Extensions.DependencyInjection;
using Refit;

namespace Podcast.Refit.Tests;

public class When_clients_are_registered(EchoServer server) : IClassFixture<EchoServer>
{
    [Fact]
    public async Task the_builder_sets_address_and_handlers()
    {
        var services = new ServiceCollection();
        services.AddRefitClient<IThings>()
            .ConfigureHttpClient(client => client.BaseAddress = server.Address)
            .AddHttpMessageHandler(() => new Stamp("X-Stamp"));

        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<IThings>().Read("1");

        server.Last.Headers["X-Stamp"].ShouldBe("yes");
    }

    [Fact]
    public async Task a_named_client_can_be_added_to_later()
    {
        var services = new ServiceCollection();
        services.AddRefitClient<IThings>(_ => null, "things").ConfigureHttpClient(client => client.BaseAddress = server.Address);
        services.AddHttpClient("things").AddHttpMessageHandler(() => new Stamp("X-Later"));

        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<IThings>().Read("1");

        server.Last.Headers["X-Later"].ShouldBe("yes");
    }

    [Fact]
    public async Task the_settings_are_asked_for_once()
    {
        var asked = 0;
        var services = new ServiceCollection();
        services.AddRefitClient<IThings>(provider =>
            {
                asked++;
                return new RefitSettings { Buffered = true };
            })
            .ConfigureHttpClient(client => client.BaseAddress = server.Address);

        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<IThings>().Create(new Thing("one"));
        await provider.GetRequiredService<IThings>().Create(new Thing("two"));

        asked.ShouldBe(1);
        server.Last.Headers.ShouldContainKey("Content-Length");
    }

    private sealed class Stamp(string header) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Add(header, "yes");
            return base.SendAsync(request, cancellationToken);
        }
    }
}
