namespace Podcast.Hosting.Bus;

/// <summary>Registers consumers that need only a retry policy and a concurrency limit.</summary>
public static class Workers
{
    /// <summary>
    /// Adds a consumer with its own queue, which is named after the consumer: <c>CheckTaskConsumer</c> has <c>check-task</c>, and
    /// its settings are in <c>Bus__Endpoints__CheckTask</c>.
    /// </summary>
    /// <param name="bus">The service's registration.</param>
    /// <param name="retry">The retries of a failed delivery; transient database errors are retried without limit before that, see
    /// <see cref="Retries"/>.</param>
    /// <param name="atOnce">Messages handled concurrently unless the settings say otherwise; null means the limit of all
    /// endpoints.</param>
    public static void AddWorker<TConsumer>(this IBusRegistrationConfigurator bus, Action<IRetryConfigurator> retry, int? atOnce = null)
        where TConsumer : class, IConsumer =>
        bus.AddConsumer<TConsumer>().Endpoint(endpoint =>
        {
            endpoint.ConcurrentMessageLimit = atOnce;
            endpoint.AddConfigureEndpointCallback(queue => queue.UseRetries(retry));
        });
}
