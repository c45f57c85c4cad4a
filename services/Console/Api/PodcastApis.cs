using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Refit;

namespace Podcast.OperatorsConsole.Api;

/// <summary>Makes clients of Ingest.Api that act as a viewer.</summary>
internal sealed class PodcastApis(IHttpMessageHandlerFactory handlers, IOptions<ConsoleOptions> options, IServiceProvider services)
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

    public IPodcastApi For(Viewer viewer) => For(() => viewer);

    /// <param name="viewer">Is asked at each call.</param>
    public IPodcastApi For(Func<Viewer> viewer) => RestService.For<IPodcastApi>(
        new HttpClient(new AsViewer(viewer, handlers.CreateHandler(Name)), disposeHandler: false)
        {
            BaseAddress = Address(),
            Timeout = options.Value.ApiTimeout,
        },
        settings);

    /// <summary>This process' own address where no other is set. It is known only once the server listens.</summary>
    private Uri Address()
    {
        if (options.Value.ApiAddress is { } given)
            return new Uri(given.ToString().TrimEnd('/'));

        var own = services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
            .Select(BindingAddress.Parse).First(address => address.Scheme == "http");
        return new Uri($"http://127.0.0.1:{own.Port}");
    }

    private sealed class AsViewer(Func<Viewer> viewer, HttpMessageHandler next) : DelegatingHandler(next)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (viewer().Token is { } token)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
