using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Podcast.Benchmarks.Pipeline;

/// <summary>
/// The unit: what one message costs that does nothing. MassTransit publishes it with confirms to a quorum queue, and consumes it
/// with prefetch 16, as our services do.
/// </summary>
internal static class BareMessage
{
    private const int WarmUp = 5_000;
    private const int Count = 10_000;
    private const int Concurrency = 16;
    private const int PacedSeconds = 5;

    /// <summary>
    /// CPU milliseconds per message, of this process and the broker together: at full load, and at <paramref name="pace"/> messages
    /// a second, where each wakes threads that sleep; null without a pace.
    /// </summary>
    public static async Task<(double Loaded, double? Paced)> Cost(Stage stage, int pace, CancellationToken cancellationToken)
    {
        var gate = new SemaphoreSlim(0);
        await using var provider = new ServiceCollection()
            .AddLogging(logging => logging.ClearProviders())
            .AddSingleton(gate)
            .AddMassTransit(bus =>
            {
                bus.AddConsumer<UnitConsumer>();
                bus.UsingRabbitMq((context, rabbit) =>
                {
                    rabbit.Host(stage.RabbitMq.Amqp);
                    rabbit.ReceiveEndpoint("benchmark-unit", endpoint =>
                    {
                        endpoint.SetQuorumQueue();
                        endpoint.PrefetchCount = Concurrency;
                        endpoint.ConfigureConsumer<UnitConsumer>(context);
                    });
                });
            })
            .BuildServiceProvider();
        var bus = provider.GetRequiredService<IBusControl>();
        await bus.StartAsync(cancellationToken);
        await Run(WarmUp);
        var loaded = await Each(Count, Run);
        double? paced = pace == 0 ? null : await Each(pace * PacedSeconds, RunPaced);
        await bus.StopAsync(cancellationToken);
        return (loaded, paced);

        async Task<double> Each(int count, Func<int, Task> run)
        {
            var (self, broker) = (Self(), CpuTime.Of(stage.Processes)["rabbitmq"]);
            await run(count);
            return (Self() - self + CpuTime.Of(stage.Processes)["rabbitmq"] - broker) / count;
        }

        async Task RunPaced(int count)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / pace));
            for (var number = 0; number < count && await timer.WaitForNextTickAsync(cancellationToken); number++)
            {
                await bus.Publish(new UnitMessage(Guid.NewGuid(), number, new string('x', 500)), cancellationToken);
                await gate.WaitAsync(cancellationToken);
            }
        }

        async Task Run(int count)
        {
            await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken },
                async (number, token) => await bus.Publish(new UnitMessage(Guid.NewGuid(), number, new string('x', 500)), token));
            for (var arrived = 0; arrived < count; arrived++)
                await gate.WaitAsync(cancellationToken);
        }

        // Only this process: the servers are its children.
        static double Self() => Environment.CpuUsage.TotalTime.TotalMilliseconds;
    }

    internal sealed record UnitMessage(Guid Id, int Number, string Text);

    internal sealed class UnitConsumer(SemaphoreSlim arrived) : IConsumer<UnitMessage>
    {
        public Task Consume(ConsumeContext<UnitMessage> context)
        {
            arrived.Release();
            return Task.CompletedTask;
        }
    }
}
