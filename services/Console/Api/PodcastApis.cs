using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Refit;

namespace Podcast.OperatorsConsole.Api;

/// <summary>Makes clients of Ingest.Api that act as a viewer.</summary>
internal sealed class PodcastApis(IHttpClientFactory clients, IOptions<ConsoleOptions> options, IServiceProvider services)
{
    /// <summary>The name of the HTTP client.</summary>
    public const string Name = "podcast-api";

    private static readonly RefitSettings settings = new(new SystemTextJsonContentSerializer(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    }))
    {
        Buffered = true,
        TransportExceptionFactory = (_, exception, _) => exception,
    };

    public IPodcastApi For(Viewer viewer)
    {
        var client = clients.CreateClient(Name);
        client.BaseAddress = Address();
        client.Timeout = options.Value.ApiTimeout;
        if (viewer.Token is { } token)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return RestService.For<IPodcastApi>(client, settings);
    }

    /// <summary>This process' own address where no other is set. It is known only once the server listens.</summary>
    private Uri Address()
    {
        if (options.Value.ApiAddress is { } given)
            return new Uri(given.ToString().TrimEnd('/'));

        var own = services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
            .Select(BindingAddress.Parse).First(address => address.Scheme == "http");
        return new Uri($"http://127.0.0.1:{own.Port}");
    }
}
