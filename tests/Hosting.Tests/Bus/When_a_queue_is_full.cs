using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Podcast.Hosting.Tests.Sample;
using Podcast.Outbox;

namespace Podcast.Hosting.Tests.Bus;

public sealed class When_a_queue_is_full : IAsyncLifetime
{
    private RabbitMqVirtualHost broker = null!;

    public async Task InitializeAsync() => broker = await RabbitMqServer.CreateVirtualHost();

    public async Task DisposeAsync() => await broker.DisposeAsync();

    [Fact]
    public async Task an_outbox_waits_for_room_and_sets_nothing_aside()
    {
        await using (var migrator = SampleHost.Build(settings: new KeyValuePair<string, string?>("ConnectionStrings:RabbitMq", broker.ConnectionString)))
            (await migrator.Run("migrate")).ShouldBe(0);
        await broker.Limit("say-hello", 1);
        await Eventually.Holds(
            async () => !await broker.Publish("podcast.hello", """{"name":"Ann"}""", new { content_type = "application/json" })
                || (await broker.Queue("say-hello"))!.Value.TryGetProperty("messages", out var messages) && messages.GetInt32() > 1,
            "the queue is full");
        await using var publisher = await SampleHost.StartOn(broker.ConnectionString, bus =>
        {
            bus.AddOwnedDbContext<BoxDb>(BoxDb.Owner);
            bus.AddLeanOutbox<BoxDb>();
        }, new KeyValuePair<string, string?>("Outbox:MaxAttempts", "1"));
        var nacks = new Nacks();
        publisher.Bus.ConnectSendObserver(nacks);

        await Ask(publisher, async services =>
        {
            var database = services.GetRequiredService<BoxDb>();
            await services.GetRequiredService<IPublishEndpoint>().Publish(new Hello("Bob"));
            return await database.SaveChangesAsync();
        });
        await Eventually.Holds(() => nacks.Count > 1, "it was refused twice");

        (await Ask(publisher, services => services.GetRequiredService<BoxDb>().Set<DeadLetter>().CountAsync())).ShouldBe(0);
        await using var consumer = await SampleHost.StartOn(broker.ConnectionString);
        await consumer.Heard.Hears("hello Bob");
    }

    private static async Task<T> Ask<T>(SampleHost host, Func<IServiceProvider, Task<T>> question)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await question(scope.ServiceProvider);
    }

    private sealed class Nacks : ISendObserver
    {
        private int count;

        public int Count => count;

        public Task PreSend<T>(SendContext<T> context)
            where T : class => Task.CompletedTask;

        public Task PostSend<T>(SendContext<T> context)
            where T : class => Task.CompletedTask;

        public Task SendFault<T>(SendContext<T> context, Exception exception)
            where T : class
        {
            Interlocked.Increment(ref count);
            return Task.CompletedTask;
        }
    }
}
