using Microsoft.Extensions.DependencyInjection;
using Podcast.Throttling.Calls;

namespace Podcast.Throttling;

/// <summary>Throttles HTTP clients. Call it after the client's registration, so that the client's retries are outside.</summary>
public static class HttpClientThrottling
{
    /// <summary>
    /// Makes every request of the HTTP client with the lane's name wait for a permit of <paramref name="lane"/>, which no other
    /// process shares.
    /// </summary>
    /// <param name="services">The service collection.</param>
    /// <param name="lane">The lane.</param>
    /// <param name="ending">When it is cancelled, requests that wait fail with <see cref="HeldBackException"/>.</param>
    public static IServiceCollection AddInProcessThrottle(this IServiceCollection services, InProcessLane lane, CancellationToken ending) =>
        services.AddSingleton(lane)
            .AddSingleton(all => new Throttle(
                lane, lane.Options, all.GetRequiredService<TimeProvider>(), all.GetRequiredService<ILogger<InProcessLane>>()))
            .AddThrottlingHandler(lane.Name, all => all.GetRequiredService<Throttle>(), ending);

    internal static IServiceCollection AddThrottlingHandler(
        this IServiceCollection services, string client, Func<IServiceProvider, Throttle> throttle, CancellationToken ending = default) =>
        services.AddHttpClient(client)
            .AddHttpMessageHandler(all =>
                new ThrottlingHandler(throttle(all), client, all.GetRequiredService<IHttpClientFactory>(), ending))
            .Services;
}
