using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Podcast.Hosting.Startup;

namespace Podcast.Batch.Routes;

/// <summary>Builds the Ittybit client with this command's rate limiter.</summary>
internal static class IttybitConnection
{
    /// <exception cref="UsageException">A setting is invalid or missing, the API key for example.</exception>
    public static ServiceProvider Open(IConfiguration configuration, AdaptiveRateLimiter rateLimiter, FailureBudget failureBudget, Stop stop, TimeProvider clock)
    {
        var services = new ServiceCollection();
        services.AddSingleton(configuration);
        services.AddSingleton(clock);
        services.AddLogging();
        services.AddTransient(_ => new RateLimitHandler(rateLimiter, failureBudget, stop, clock));

        // The run retries by itself, because it has to respect the rate, the claims and Ctrl-C.
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
