using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Podcast.Batch.Cli;
using Podcast.Batch.Running;
using Podcast.Batch.Sending;
using Podcast.Hosting.Startup;
using Podcast.Ittybit;

namespace Podcast.Batch.Routes;

/// <summary>Ittybit's client with our pace in it.</summary>
internal static class IttybitConnection
{
    /// <exception cref="UsageException">The settings make no sense: no key, say.</exception>
    public static ServiceProvider Open(IConfiguration configuration, AdaptiveRateLimiter pace, FailureBudget patience, Stop stop, TimeProvider clock)
    {
        var services = new ServiceCollection();
        services.AddSingleton(configuration);
        services.AddSingleton(clock);
        services.AddLogging();
        services.AddTransient(_ => new RateLimitHandler(pace, patience, stop, clock));

        // A run asks again by its own rules, which know of the rate, of the claims and of Ctrl-C.
        services.Configure<IttybitOptions>(options => options.Retries = 0);
        services.AddIttybitClient();
        services.AddHttpClient(IttybitClient.Name).AddHttpMessageHandler<RateLimitHandler>();

        var provider = services.BuildServiceProvider();
        try
        {
            _ = provider.GetRequiredService<IOptions<IttybitOptions>>().Value;
            return provider;
        }
        catch (OptionsValidationException exception)
        {
            provider.Dispose();
            throw new UsageException(StartFailure.Describe(exception)!, ExitCodes.Usage, exception);
        }
    }
}
