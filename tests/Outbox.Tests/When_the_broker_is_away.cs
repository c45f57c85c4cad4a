using MassTransit;
using MassTransit.EntityFrameworkCoreIntegration;
using Podcast.Outbox.Tests.Fixtures;

namespace Podcast.Outbox.Tests;

public sealed class When_the_broker_is_away
{
    [Fact]
    public async Task nothing_to_send_is_nothing_to_wait_for()
    {
        var bus = Bus.Factory.CreateUsingInMemory(_ => { }); // never started, and so not well

        (await new MessageSender(bus, TimeProvider.System).Send([], TimeSpan.FromSeconds(1), _ => false, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task one_message_feels_its_way_for_all()
    {
        var broker = new Broker { Refuses = _ => true };
        var bus = Bus.Factory.CreateUsingInMemory(_ => { }); // never started, and so not well
        bus.ConnectSendObserver(broker);
        List<OutboxMessage> messages = [.. Enumerable.Range(0, 30).Select(number => new OutboxMessage
        {
            SequenceNumber = number,
            MessageId = NewId.NextGuid(),
            OutboxId = NewId.NextGuid(),
            DestinationAddress = new Uri("loopback://localhost/anywhere"),
            ContentType = "application/vnd.masstransit+json",
            MessageType = "urn:message:Ordered",
            Body = "{}",
        })];

        var results = await new MessageSender(bus, TimeProvider.System).Send(messages, TimeSpan.FromSeconds(1), _ => false, default);

        broker.Attempts.Count.ShouldBeLessThanOrEqualTo(1);
        results.Select(result => result.Message).ShouldBe(messages);
        results.ShouldAllBe(result => result.IsPassing && result.Failure != null);
    }
}
