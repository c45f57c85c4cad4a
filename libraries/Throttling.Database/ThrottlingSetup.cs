using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Podcast.Hosting;
using Podcast.SettingsBinding;

namespace Podcast.Throttling;

/// <summary>Registers throttles.</summary>
public static class ThrottlingSetup
{
    /// <summary>
    /// Makes every request of a named HTTP client wait for a permit of the provider's lane, which all processes on the same
    /// database <c>lanes</c> share. Adds a <see cref="ProviderThrottle"/> whose key is <paramref name="provider"/>, the list
    /// <c>IReadOnlyList&lt;ProviderThrottle&gt;</c> of those of this process, a <see cref="LaneDirectory"/> of all, and the lane's
    /// state to <c>/health</c>. Call it after the client's registration, so that the client's retries are outside of the throttle.
    /// May be called more than once.
    /// </summary>
    /// <param name="services">The service collection.</param>
    /// <param name="provider">The name of the lane: the provider, and if each account has a lane of its own, the account:
    /// <c>ittybit</c>, <c>transistor/acme</c>; at most 50 characters. Lanes of one provider have the same settings: see
    /// <see cref="ThrottleOptions"/>.</param>
    /// <param name="httpClientName">The name of the HTTP client, if it is not that of the lane.</param>
    public static IServiceCollection AddProviderThrottle(this IServiceCollection services, string provider, string? httpClientName = null)
    {
        if (provider.Length > LaneRow.LongestName)
            throw new ArgumentException($"A lane's name has at most {LaneRow.LongestName} characters, not {provider.Length}: {provider}");
        if (services.Any(service => service.ServiceType == typeof(ProviderThrottle) && provider.Equals(service.ServiceKey)))
            return services;

        if (!services.Any(service => service.ServiceType == typeof(LanesDb)))
            services.AddOwnedDbContext<LanesDb>(LanesDb.Owner);
        services.TryAddSingleton<IReadOnlyList<ProviderThrottle>>(all => [.. all.GetKeyedServices<ProviderThrottle>(KeyedService.AnyKey)]);
        services.TryAddSingleton<LaneDirectory>();

        services.AddSettings<ThrottleOptions>(ThrottleOptions.Section(provider), provider);
        services.AddKeyedSingleton(provider, (all, _) => new ProviderThrottle(provider, all));
        services.AddSingleton<IHostedService>(all => Throttle(all).Publisher);
        services.AddHealthChecks().Add(new($"lane {provider}", all => new ThrottleHealthCheck(Throttle(all)), null, null));

        return services.AddThrottlingHandler(httpClientName ?? provider, all => Throttle(all).Throttle);

        ProviderThrottle Throttle(IServiceProvider all) => all.GetRequiredKeyedService<ProviderThrottle>(provider);
    }
}
