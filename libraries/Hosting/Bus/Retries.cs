namespace Podcast.Hosting.Bus;

/// <summary>The retries of a failed delivery before MassTransit moves it to the error queue.</summary>
public static class Retries
{
    private static readonly TimeSpan first = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan longest = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Like <c>UseMessageRetry</c>, but a transient database error does not count as a failure of the message: it is retried
    /// until the database answers. Meanwhile the broker keeps the messages beyond the prefetch count, and after its consumer
    /// timeout of half an hour it redelivers those that this process holds.
    /// </summary>
    public static void UseRetries(this IConsumePipeConfigurator endpoint, Action<IRetryConfigurator> configure)
    {
        endpoint.UseMessageRetry(retry =>
        {
            retry.Handle<Exception>(DatabaseErrors.IsPassing);
            retry.Exponential(int.MaxValue, first, longest, first);
        });
        endpoint.UseMessageRetry(retry =>
        {
            retry.Ignore<Exception>(DatabaseErrors.IsPassing); // handled here, it would not reach the outer filter
            configure(retry);
        });
    }
}
