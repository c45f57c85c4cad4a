namespace Podcast.Hosting.Bus;

/// <summary>
/// Set <see cref="DeclareOnly"/> before the bus is built: the process then declares exchanges and queues and consumes nothing.
/// </summary>
internal sealed class BusMode
{
    public bool DeclareOnly { get; set; }
}

/// <summary>Configures the bus for RabbitMQ.</summary>
internal static class RabbitMq
{
    /// <summary>The name of the connection string.</summary>
    public const string ConnectionString = "RabbitMq";

    public static bool IsAddress(string? connectionString) =>
        string.IsNullOrWhiteSpace(connectionString)
        || (Uri.TryCreate(connectionString, UriKind.Absolute, out var address)
            && address is { Scheme: "amqp" or "amqps" or "rabbitmq" or "rabbitmqs", Host.Length: > 0 });

    public static void Configure(IBusRegistrationContext context, IRabbitMqBusFactoryConfigurator cfg, string connectionString)
    {
        var options = context.GetRequiredService<IOptions<BusOptions>>().Value;
        var address = new Uri(connectionString);

        // The management UI shows this connection name. MassTransit reconnects without limit, also when the first connection
        // fails.
        cfg.Host(address, $"{context.GetRequiredService<IHostEnvironment>().ApplicationName}@{Environment.MachineName}", host =>
        {
            host.PublisherConfirmation = true;
            host.Heartbeat(TimeSpan.FromSeconds(15));
            if (address.Scheme.EndsWith('s'))
                host.UseSsl();
        });

        cfg.DeployTopologyOnly = context.GetRequiredService<BusMode>().DeclareOnly;
        cfg.PrefetchCount = options.PrefetchCount;
        cfg.ConcurrentMessageLimit = options.ConcurrentMessageLimit;
        cfg.SendTopology.ConfigureErrorSettings = EndpointPolicy.KeepForPeople;
        cfg.SendTopology.ConfigureDeadLetterSettings = EndpointPolicy.KeepForPeople;
        cfg.AddDeserializer(new PlainJson(new ExchangeNames()), isDefault: true);
    }
}
