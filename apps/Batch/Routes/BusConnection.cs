using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Podcast.Hosting;
using IHost = Microsoft.Extensions.Hosting.IHost;

namespace Podcast.Batch.Routes;

/// <summary>A connection to the podcast services' message bus, open for one run.</summary>
internal sealed class BusConnection(IHost host) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly IBusControl bus = host.Services.GetRequiredService<IBusControl>();

    public IBus Bus => bus;

    /// <param name="purpose">The command-line option that needs the bus, for error messages.</param>
    /// <exception cref="UsageException">No broker is configured or reachable.</exception>
    public static async Task<BusConnection> Open(
        CliContext context, string purpose, Action<IBusRegistrationConfigurator> configure, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(context.Configuration.GetConnectionString("RabbitMq")))
            throw new UsageException(
                $"{purpose} needs the broker that Podcast runs on:"
                + " set ConnectionStrings__RabbitMq to amqp://user:password@host:5672/virtual-host.");

        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "podcast-batch" });
        builder.Configuration.AddConfiguration(context.Configuration);
        builder.Services.AddSingleton(context.Clock);
        builder.AddMessageBus(configure);
        var host = builder.Build();
        host.Services.GetRequiredService<IStartupValidator>().Validate();

        var connection = new BusConnection(host);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            await connection.bus.StartAsync(limit.Token);
            return connection;
        }
        catch (Exception exception) when (exception is MassTransitException or OperationCanceledException or FormatException)
        {
            await connection.DisposeAsync();
            cancellationToken.ThrowIfCancellationRequested();
            throw new UsageException(
                $"{purpose}: RabbitMQ does not answer, or not to this user. Nothing was sent.", ExitCodes.Usage, exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await bus.StopAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        host.Dispose();
    }
}
