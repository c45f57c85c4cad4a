using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Podcast.SettingsBinding;

namespace Podcast.Hosting.Tests.Sample;

internal static class SampleComposition
{
    /// <summary>A service like ours: options, a database, a consumer.</summary>
    public static void AddSample(this IBusRegistrationConfigurator bus)
    {
        bus.AddSettings<SampleOptions>("Sample");
        bus.AddOwnedDbContext<SampleDb>(SampleDb.Owner);
        bus.AddSingleton<Heard>();
        bus.AddHttpClient();
        bus.AddConsumer<HelloConsumer, HelloDefinition>();
    }

    /// <summary>An endpoint like ours: a secret in its address, a call to somewhere else, a message.</summary>
    public static void MapSample(this IEndpointRouteBuilder app) =>
        app.MapPost("/webhooks/ittybit/{episodeId}/{task}/{attempt}/{token}", Receive);

    private static async Task<Accepted> Receive(
        IHttpClientFactory clients, IBus bus, IOptions<SampleOptions> options, ILogger<SampleOptions> log, CancellationToken cancellationToken)
    {
        log.LogInformation("A callback came");
        using var client = clients.CreateClient();
        client.DefaultRequestHeaders.Add("Authorization", $"Bearer {options.Value.Key}");
        using var answer = await client.GetAsync(options.Value.Elsewhere, cancellationToken);
        await bus.Publish(new Hello("Ann"), cancellationToken);
        return TypedResults.Accepted((string?)null);
    }
}
