using MassTransit;
using MassTransit.EntityFrameworkCoreIntegration;
using MassTransit.Serialization;
using Podcast.Outbox.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Outbox.Tests;

public sealed class When_a_stored_message_goes_out
{
    [Theory, OnBoth]
    public async Task it_arrives_as_if_it_had_been_sent_directly(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(database);
        var (direct, stored) = (Guid.NewGuid(), Guid.NewGuid());

        await shop.Bus.Publish(new Ordered(direct, 1), x => Decorate(x));
        await shop.InScope(async (context, bus) =>
        {
            await bus.Publish(new Ordered(stored, 1), x => Decorate(x));
            await context.SaveChangesAsync();
        });

        await shop.Mailbox.Gets<Ordered>(x => x.Id == direct);
        await shop.Mailbox.Gets<Ordered>(x => x.Id == stored);
        var (expected, actual) = (Letter(shop, direct), Letter(shop, stored));
        actual.CorrelationId.ShouldBe(expected.CorrelationId);
        actual.RequestId.ShouldBe(expected.RequestId);
        actual.InitiatorId.ShouldBe(expected.InitiatorId);
        actual.ConversationId.ShouldBe(expected.ConversationId);
        actual.SourceAddress.ShouldBe(expected.SourceAddress);
        actual.DestinationAddress.ShouldBe(expected.DestinationAddress);
        actual.ResponseAddress.ShouldBe(expected.ResponseAddress);
        actual.FaultAddress.ShouldBe(expected.FaultAddress);
        actual.SupportedMessageTypes.ShouldBe(expected.SupportedMessageTypes);
        actual.ReceiveContext.ContentType.MediaType.ShouldBe(expected.ReceiveContext.ContentType.MediaType);
        actual.ExpirationTime.ShouldNotBeNull().ShouldBe(expected.ExpirationTime!.Value, TimeSpan.FromMinutes(1));
        actual.Headers.Get<string>("colour").ShouldBe("grün „x“");
        actual.Headers.Get<int>("count").ShouldBe(7);
        actual.ReceiveContext.TransportHeaders.Get<string>("colour").ShouldBe(expected.ReceiveContext.TransportHeaders.Get<string>("colour"));
    }

    [Theory, OnBoth]
    public async Task the_transport_is_told_everything_and_the_body_is_untouched(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(database);
        var id = Guid.NewGuid();
        var body = "";

        await shop.InScope(async (context, bus) =>
        {
            await bus.Publish(new Ordered(id, 1), x =>
            {
                Decorate(x);
                x.Durable = false;
                x.Mandatory = true;
            });
            body = context.ChangeTracker.Entries<OutboxMessage>().Single().Entity.Body;
            await context.SaveChangesAsync();
        });

        await shop.Mailbox.Gets<Ordered>(x => x.Id == id);
        var sent = shop.Broker.Attempts.ShouldHaveSingleItem();
        sent.Durable.ShouldBeFalse();
        ((PublishContext)sent).Mandatory.ShouldBeTrue();
        sent.TimeToLive.ShouldNotBeNull().ShouldBeInRange(TimeSpan.FromMinutes(50), TimeSpan.FromMinutes(60));
        sent.Headers.Get<string>("colour").ShouldBe("grün „x“");
        sent.Serializer.GetMessageBody((SendContext<SerializedMessageBody>)sent).GetString().ShouldBe(body);
    }

    [Theory, OnBoth]
    public async Task a_delay_goes_on_from_when_it_was_asked_for(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(database);
        var (late, due) = (Guid.NewGuid(), Guid.NewGuid());

        await shop.InScope(async (context, bus) =>
        {
            await bus.Publish(new Ordered(late, 1), x => x.Delay = TimeSpan.FromHours(2));
            await bus.Publish(new Ordered(due, 1), x => x.Delay = TimeSpan.FromHours(2));
            context.ChangeTracker.Entries<OutboxMessage>().Last().Entity.EnqueueTime = DateTime.UnixEpoch;
            await context.SaveChangesAsync();
        });

        await shop.Mailbox.Gets<Ordered>(x => x.Id == due);
        await Eventually.Holds(() => shop.Broker.Accepted.Count == 2, "both were sent");
        shop.Broker.Attempts.Max(x => x.Delay).ShouldNotBeNull().ShouldBeInRange(TimeSpan.FromMinutes(110), TimeSpan.FromMinutes(120));
        shop.Mailbox.Of<Ordered>(x => x.Id == late).ShouldBeEmpty();
    }

    [Theory, OnBoth]
    public async Task an_expired_one_is_the_transports_to_drop(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(database);

        await shop.InScope(async (context, bus) =>
        {
            await bus.Publish(new Ordered(Guid.NewGuid(), 1), x => x.TimeToLive = TimeSpan.FromHours(1));
            context.ChangeTracker.Entries<OutboxMessage>().Single().Entity.ExpirationTime = DateTime.UnixEpoch;
            await context.SaveChangesAsync();
        });

        await shop.IsEmpty();
        shop.Broker.Attempts.ShouldHaveSingleItem().TimeToLive.ShouldBe(TimeSpan.FromMilliseconds(1));
    }

    private static void Decorate(PublishContext context)
    {
        context.CorrelationId = Guid.Parse("11111111-1111-1111-1111-111111111111");
        context.RequestId = Guid.Parse("22222222-2222-2222-2222-222222222222");
        context.InitiatorId = Guid.Parse("33333333-3333-3333-3333-333333333333");
        context.ConversationId = Guid.Parse("44444444-4444-4444-4444-444444444444");
        context.ResponseAddress = new Uri("loopback://localhost/answers");
        context.FaultAddress = new Uri("loopback://localhost/faults");
        context.TimeToLive = TimeSpan.FromHours(1);
        context.Headers.Set("colour", "grün „x“");
        context.Headers.Set("count", 7);
    }

    private static ConsumeContext<Ordered> Letter(Shop shop, Guid id) => shop.Mailbox.All<Ordered>().Single(x => x.Message.Id == id);
}
