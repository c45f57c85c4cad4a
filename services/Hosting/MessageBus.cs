using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Podcast.Hosting;

/// <summary>The bus, the same for every host: RabbitMQ where <c>ConnectionStrings:RabbitMq</c> is set, else in memory.</summary>
public static class MessageBus
{
    /// <summary>Adds the one bus of this process with what <paramref name="configure"/> puts on it.</summary>
    public static void AddMessageBus(this IHostApplicationBuilder builder, Action<IBusRegistrationConfigurator> configure)
    {
        var rabbitMq = builder.Configuration.GetConnectionString("RabbitMq");

        builder.Services.AddMassTransit(bus =>
        {
            bus.SetKebabCaseEndpointNameFormatter();
            configure(bus);

            if (string.IsNullOrWhiteSpace(rabbitMq))
                bus.UsingInMemory((context, cfg) => Configure(context, cfg));
            else
                bus.UsingRabbitMq((context, cfg) =>
                {
                    cfg.Host(new Uri(rabbitMq));
                    Configure(context, cfg);
                });
        });

        builder.Services.AddOptions<MassTransitHostOptions>().Configure(options =>
        {
            options.WaitUntilStarted = true;
            options.StopTimeout = TimeSpan.FromSeconds(20);
        });
    }

    private static void Configure<TEndpoint>(IBusRegistrationContext context, IBusFactoryConfigurator<TEndpoint> cfg)
        where TEndpoint : IReceiveEndpointConfigurator
    {
        cfg.MessageTopology.SetEntityNameFormatter(new ExchangeNames());
        cfg.ConfigureEndpoints(context);
    }
}
