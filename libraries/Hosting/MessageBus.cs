using MassTransit;
using MassTransit.Monitoring;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Podcast.Hosting.Bus;
using Podcast.Hosting.Startup;
using Podcast.SettingsBinding;

namespace Podcast.Hosting;

/// <summary>The bus, the same for every host: RabbitMQ where <c>ConnectionStrings:RabbitMq</c> is set, else in memory.</summary>
public static class MessageBus
{
    /// <summary>The name of the health check that says whether the broker answers.</summary>
    public const string HealthCheck = "bus";

    /// <summary>Adds the one bus of this process with what <paramref name="configure"/> puts on it.</summary>
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
            bus.DisableUsageTelemetry(); // it would tell its makers our queues' names
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

        // Ours tells why. MassTransit's would make the bus as soon as an endpoint for health is mapped, before anyone could say how.
        builder.Services.Remove(builder.Services.First(service => service.ImplementationType == typeof(ConfigureBusHealthCheckServiceOptions)));

        // A host that lived in this flow before has left its log here, and taken it down.
        LogContext.Current = null;

        // In memory a message that is published before its endpoint is up is gone. RabbitMQ has the queues from `migrate`; a broker
        // that is away must not keep a host from taking uploads, nor from saying in /health what it waits for.
        builder.Services.AddOptions<MassTransitHostOptions>().Configure<IOptions<ServiceOptions>>((bus, service) =>
        {
            bus.WaitUntilStarted = string.IsNullOrWhiteSpace(rabbitMq);
            bus.StopTimeout = service.Value.StopTimeout;
            bus.ConsumerStopTimeout = service.Value.WorkTimeout;
        });
    }

    /// <summary>
    /// Publishing <typeparamref name="T"/> fails where no queue takes it, instead of losing it: for messages that somebody must hear
    /// (<c>migrate</c> of the services that do makes their queues).
    /// </summary>
    public static void MustReachAQueue<T>(this IBusRegistrationConfigurator bus)
        where T : class =>
        bus.AddSingleton(new MandatoryMessage(typeof(T)));

    private static void Configure<TEndpoint>(
        IBusRegistrationContext context, IBusFactoryConfigurator<TEndpoint> cfg, IReadOnlyList<string> queues)
        where TEndpoint : IReceiveEndpointConfigurator
    {
        cfg.MessageTopology.SetEntityNameFormatter(new ExchangeNames());
        cfg.UseMandatoryMessages(context.GetServices<MandatoryMessage>());
        cfg.ConfigureEndpoints(context);
        if (context.GetRequiredService<IOptions<BusOptions>>().Value.Misspelt(queues) is { } problem)
            throw new StartupException(problem);
    }
}
