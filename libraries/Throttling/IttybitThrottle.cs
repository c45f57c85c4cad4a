using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Podcast.Hosting;
using Podcast.Ittybit;
using Podcast.Throttling.Calls;
using Podcast.Throttling.Data;
using Podcast.SettingsBinding;

namespace Podcast.Throttling;

/// <summary>Puts all calls to Ittybit into one lane.</summary>
public static class IttybitThrottle
{
    /// <summary>The lane's name.</summary>
    public const string Name = "ittybit";

    /// <summary>
    /// Every request of <see cref="IIttybitApi"/> takes a turn in the lane, which all processes on the same database <c>lanes</c> share.
    /// Adds <see cref="ProviderThrottle"/>, and its state to <c>/health</c>. More than once is no more than once.
    /// </summary>
    public static IServiceCollection AddIttybitLane(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(ProviderThrottle)))
            return services;

        services.AddIttybitClient(); // first, so that its retries are outside of the lane
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
