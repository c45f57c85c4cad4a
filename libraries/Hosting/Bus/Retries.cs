using MassTransit;
using Podcast.Hosting.Data;

namespace Podcast.Hosting.Bus;

/// <summary>How a delivery that failed is tried again, before it goes to the error queue.</summary>
public static class Retries
{
    private static readonly TimeSpan first = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan longest = TimeSpan.FromSeconds(10);

    /// <summary>
    /// As <c>UseMessageRetry</c>, but a database that is away is no failure of the message: it is tried until the database is back. The
    /// broker keeps what the process has no room for; from what it holds for half an hour it lets go and delivers it anew.
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
            retry.Ignore<Exception>(DatabaseErrors.IsPassing); // what this one gave up, the other would not touch
            configure(retry);
        });
    }
}
