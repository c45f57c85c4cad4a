using System.Text.Json;
using MassTransit.Monitoring;
using Microsoft.Extensions.Configuration;
using Podcast.Hosting.Bus;

namespace Podcast.Hosting;

/// <summary>
/// Configures the bus, in the same way for every host: RabbitMQ if <c>ConnectionStrings:RabbitMq</c> is set, otherwise in memory.
/// </summary>
public static class MessageBus
{
    /// <summary>The name of the health check that says whether the broker answers.</summary>
    public const string HealthCheck = "bus";

    /// <summary>Adds the bus of this process with the consumers and sagas that <paramref name="configure"/> registers.</summary>
    public static void AddMessageBus(this IHostApplicationBuilder builder, Action<IBusRegistrationConfigurator> configure)
    {
        var rabbitMq = builder.Configuration.GetConnectionString(RabbitMq.ConnectionString);

        builder.Services.AddConnectionString(RabbitMq.ConnectionString).AddSettings<BusOptions>("Bus").Validate<IConfiguration>(
            (_, configuration) => RabbitMq.IsAddress(configuration.GetConnectionString(RabbitMq.ConnectionString)),
            $"ConnectionStrings__{RabbitMq.ConnectionString} must be an address like amqp://user:password@host:5672/virtual-host.");
        builder.Services.TryAddSingleton<BusMode>();
        builder.Services.TryAddSingleton<CrashSuspects>();
        builder.Services.AddHealthChecks().AddCheck<BusCheck>(HealthCheck);

        builder.Services.AddMassTransit(bus =>
        {
            bus.SetKebabCaseEndpointNameFormatter();
            bus.DisableUsageTelemetry(); // it sends data about this bus to the makers of MassTransit
            var queues = new List<string>();
            bus.AddConfigureEndpointsCallback((context, queue, endpoint) =>
            {
                queues.Add(queue);
                EndpointPolicy.Apply(context, queue, endpoint);
            });
            configure(bus);

            if (string.IsNullOrWhiteSpace(rabbitMq))
                bus.UsingInMemory((context, cfg) => Configure(context, cfg, queues));
            else
                bus.UsingRabbitMq((context, cfg) =>
                {
                    RabbitMq.Configure(context, cfg, rabbitMq);
                    Configure(context, cfg, queues);
                });
        });

        // BusCheck gives the reason of a failure. MassTransit's own check builds the bus as soon as a health endpoint is mapped,
        // which is before BusMode can be set.
        builder.Services.Remove(
            builder.Services.First(service => service.ImplementationType == typeof(ConfigureBusHealthCheckServiceOptions)));

        // MassTransit keeps its logger in an AsyncLocal: without the reset, a second host in the same async flow logs to the
        // first one's disposed factory.
        LogContext.Current = null;

        // The in-memory transport loses messages that are published before their endpoint is up, so the host waits for the bus.
        // On RabbitMQ the queues exist since `migrate`, and a host must accept uploads and report in /health even if the broker
        // is away.
        builder.Services.AddOptions<MassTransitHostOptions>().Configure<IOptions<ServiceOptions>>((bus, service) =>
        {
            bus.WaitUntilStarted = string.IsNullOrWhiteSpace(rabbitMq);
            bus.StopTimeout = service.Value.StopTimeout;
            bus.ConsumerStopTimeout = service.Value.WorkTimeout;
        });
    }

    /// <summary>
    /// Makes a publish of <typeparamref name="T"/> fail if no queue is bound to its exchange, instead of losing the message. The
    /// queues are declared by <c>migrate</c> of the consuming services.
    /// </summary>
    public static void MustReachAQueue<T>(this IBusRegistrationConfigurator bus)
        where T : class =>
        bus.AddSingleton(new MandatoryMessage(typeof(PublishContext<T>)));

    private static void Configure<TEndpoint>(
        IBusRegistrationContext context, IBusFactoryConfigurator<TEndpoint> cfg, IReadOnlyList<string> queues)
        where TEndpoint : IReceiveEndpointConfigurator
    {
        cfg.ConfigureJsonSerializerOptions(WithoutIndents);
        cfg.MessageTopology.SetEntityNameFormatter(new ExchangeNames());
        var mandatory = context.GetServices<MandatoryMessage>().Select(message => message.Context).ToArray();
        cfg.ConfigurePublish(publish => publish.UseExecute(
            published => published.Mandatory |= Array.Exists(mandatory, type => type.IsInstanceOfType(published))));
        cfg.ConfigureEndpoints(context);
        if (context.GetRequiredService<IOptions<BusOptions>>().Value.Misspelt(queues) is { } problem)
            throw new StartupException(problem);
    }

    /// <summary>
    /// MassTransit indents its JSON, which makes a message a fifth to a third longer. Its options are static, so only the first bus of a
    /// process replaces them: a further copy would compute the metadata of all types again.
    /// </summary>
    private static JsonSerializerOptions WithoutIndents(JsonSerializerOptions options) =>
        options.WriteIndented ? new(options) { WriteIndented = false } : options;

    private sealed record MandatoryMessage(Type Context);
}
