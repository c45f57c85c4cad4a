using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Podcast.Hosting;
using Podcast.Ittybit;
using Podcast.Throttling.Calls;
using Podcast.Throttling.Data;
using Podcast.SettingsBinding;

namespace Podcast.Throttling;

/// <summary>Registers the throttle of all calls to Ittybit.</summary>
public static class IttybitThrottle
{
    /// <summary>The name of the lane.</summary>
    public const string Name = "ittybit";

    /// <summary>
    /// Makes every request of <see cref="IIttybitApi"/> wait for a permit of the lane, which all processes on the same database
    /// <c>lanes</c> share. Adds <see cref="ProviderThrottle"/>, and the lane's state to <c>/health</c>. May be called more than
    /// once.
    /// </summary>
    public static IServiceCollection AddIttybitThrottle(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(ProviderThrottle)))
            return services;

        services.AddIttybitClient(); // first, so that the client's retries are outside of the throttle
        services.AddOwnedDbContext<LanesDb>(LanesDb.Owner);
        services.AddSettings<ThrottleOptions>("Lanes:Ittybit");
        services.AddSingleton<LaneNews>();
        services.AddSingleton(provider =>
        {
            var (options, clock) = (provider.GetRequiredService<IOptions<ThrottleOptions>>().Value, provider.GetRequiredService<TimeProvider>());
            var store = new LaneStore(Name, options, provider.GetRequiredService<IServiceScopeFactory>(), clock);
            return new ProviderThrottle(options, store, provider.GetRequiredService<LaneNews>(), clock, provider.GetRequiredService<ILogger<ProviderThrottle>>());
        });
        services.AddHostedService<LaneTeller>();
        services.AddTransient<ThrottlingHandler>();
        services.AddHttpClient(IttybitClient.Name).AddHttpMessageHandler<ThrottlingHandler>();
        services.AddHealthChecks().AddCheck<ThrottleHealthCheck>($"lane {Name}");
        return services;
    }
}
