using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Podcast.Hosting.Tests.Sample;
using Podcast.Outbox;

namespace Podcast.Hosting.Tests.Bus;

public sealed class When_nobody_has_come_up_yet : IAsyncLifetime
{
    private RabbitMqVirtualHost broker = null!;

    public async Task InitializeAsync() => broker = await RabbitMqServer.CreateVirtualHost();

    public async Task DisposeAsync() => await broker.DisposeAsync();

    [Fact]
    public async Task message_published_after_migrate_waits_for_its_consumer()
    {
        await using (var migrator = SampleHost.Build(settings: On(broker.ConnectionString)))
            (await migrator.Run("migrate")).ShouldBe(0);
        await using (var publisher = await SampleHost.StartOn(broker.ConnectionString, _ => { }))
            await publisher.Bus.Publish(new Hello("Ann"));

        await using var consumer = await SampleHost.StartOn(broker.ConnectionString);

        await consumer.Heard.Hears("hello Ann");
    }

    [Fact]
    public async Task migrate_consumes_nothing()
    {
        await using (var first = SampleHost.Build(settings: On(broker.ConnectionString)))
            (await first.Run("migrate")).ShouldBe(0);
        await broker.Publish("podcast.hello", """{"name":"Ann"}""", new { content_type = "application/json" });

        await using (var second = SampleHost.Build(settings: On(broker.ConnectionString)))
            (await second.Run("migrate")).ShouldBe(0);

        (await broker.Awaits("say-hello")).GetProperty("redelivered").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task publishing_what_must_be_heard_fails()
    {
        await using var host = await SampleHost.StartOn(broker.ConnectionString, bus => bus.MustReachAQueue<Hello>());

        await Should.ThrowAsync<MessageReturnedException>(() => host.Bus.Publish(new Hello("Ann")));
        await host.Bus.Publish(new Whisper("Ann"));
    }

    [Fact]
    public async Task publishing_what_must_be_heard_works_once_it_can_be_heard()
    {
        await using var host = await SampleHost.StartOn(broker.ConnectionString, bus =>
        {
            bus.AddSample();
            bus.MustReachAQueue<Hello>();
        });

        await host.Bus.Publish(new Hello("Ann"));

        await host.Heard.Hears("hello Ann");
    }

    [Fact]
    public async Task an_outbox_keeps_what_must_be_heard_until_it_can_be()
    {
        await using var publisher = await SampleHost.StartOn(broker.ConnectionString, bus =>
        {
            bus.AddOwnedDbContext<BoxDb>(BoxDb.Owner);
            bus.AddLeanOutbox<BoxDb>();
            bus.MustReachAQueue<Hello>();
        });
        await using (var scope = publisher.Services.CreateAsyncScope())
        {
            var database = scope.ServiceProvider.GetRequiredService<BoxDb>();
            await scope.ServiceProvider.GetRequiredService<IPublishEndpoint>().Publish(new Hello("Ann"));
            await database.SaveChangesAsync();
        }

        await Eventually.Holds(() => IsSetAside(publisher), "the message and its reason in outbox_set_aside");
        await using var consumer = await SampleHost.StartOn(broker.ConnectionString);

        await consumer.Heard.Hears("hello Ann");
    }

    private static async Task<bool> IsSetAside(SampleHost host)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<BoxDb>().Set<DeadLetter>()
            .AnyAsync(message => message.Reason.StartsWith(nameof(MessageReturnedException)));
    }

    private static KeyValuePair<string, string?> On(string rabbitMq) => new("ConnectionStrings:RabbitMq", rabbitMq);
}
