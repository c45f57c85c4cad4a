using MassTransit;
using MassTransit.EntityFrameworkCoreIntegration;
using Podcast.Outbox.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Outbox.Tests;

public sealed class When_a_destination_takes_nothing
{
    private static readonly Uri Dead = new("loopback://localhost/dead");
    private static readonly Uri Alive = new("loopback://localhost/alive");

    public static TheoryData<Db, string> Tables => new()
    {
        { Db.Sqlite, "outbox" }, { Db.Sqlite, "leftover" }, { Db.Sqlite, "aside" },
        { Db.Postgres, "outbox" }, { Db.Postgres, "leftover" }, { Db.Postgres, "aside" },
    };

    [Theory, MemberData(nameof(Tables))]
    public async Task messages_to_others_leave_all_the_same(Db db, string table)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(
            database, new Plan { Options = options => options.BatchSize = 3 },
            before: shop => shop.Broker.Fails = context => context.DestinationAddress == Dead ? Unconfirmed() : null);

        var dead = new List<Guid>();
        for (var i = 0; i < 7; i++)
            dead.Add(await Store(shop, table, Dead));
        var mixed = await Store(shop, table, Dead, Alive);
        var alive = await Store(shop, table, Alive);

        await Eventually.Holds(() => shop.Broker.Accepted.Contains(alive), "the last one left");
        await Eventually.Holds(() => shop.Broker.Accepted.Contains(mixed), "what stood beside one to the dead destination left");
        shop.Broker.Fails = null;
        await Eventually.Holds(() => dead.TrueForAll(shop.Broker.Accepted.Contains), "the others left when it took them");
        await shop.IsEmpty();
        await Eventually.Holds(async () => await shop.SetAside() is [], "their rows are removed");
    }

    [Theory, OnBoth]
    public async Task a_full_queue_is_waited_for_and_is_left_to_no_person(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(
            database, new Plan { Options = options => options.MaxAttempts = 1 }, before: shop => shop.Broker.Fails = _ => Nack());
        var id = Guid.NewGuid();

        await shop.Publish(new Order(id));
        await shop.InScope(async (context, bus) =>
        {
            await bus.Publish(new Ordered(id, 2));
            await context.SaveChangesAsync();
        });
        await Eventually.Holds(() => shop.Broker.Attempts.Count > 3, "they are tried again");

        (await shop.SetAside()).ShouldBeEmpty();
        shop.Broker.Fails = null;
        (await shop.Mailbox.Gets<Ordered>(x => x.Id == id, 2)).Count.ShouldBe(2);
        await shop.IsEmpty();
    }

    private static OperationCanceledException Unconfirmed() => new("The broker has not confirmed it in time");

    /// <summary>As MassTransit passes a basic.nack on.</summary>
    private static ConnectionException Nack() => new("BasicPublishAsync failed", new IOException("nack"));

    /// <summary>Messages in a table, of one parent; gives the id of the last.</summary>
    private static Task<Guid> Store(Shop shop, string table, params Uri[] destinations) => shop.Ask(async context =>
    {
        var (parent, consumer, last) = (Guid.CreateVersion7(), Guid.NewGuid(), Guid.Empty);
        if (table == "outbox")
            context.Add(new OutboxState { OutboxId = parent, Created = Long.Ago });
        if (table == "leftover")
            context.Add(new InboxState { MessageId = parent, ConsumerId = consumer, Received = Long.Ago, Consumed = Long.Ago });
        foreach (var destination in destinations)
        {
            var message = new OutboxMessage
            {
                OutboxId = table == "outbox" ? parent : null,
                InboxMessageId = table == "leftover" ? parent : null,
                InboxConsumerId = table == "leftover" ? consumer : null,
                MessageId = last = Guid.NewGuid(),
                DestinationAddress = destination,
                ContentType = "application/vnd.masstransit+json",
                MessageType = "urn:message:Ordered",
                Body = """{"messageType":["urn:message:Ordered"],"message":{}}""",
                SentTime = Long.Ago,
            };
            if (table == "aside")
                Aside(context, message);
            else
                context.Add(message);
        }

        await context.SaveChangesAsync();
        return last;
    });

    private static void Aside(ShopContext context, OutboxMessage message)
    {
        var aside = DeadLetter.From(message, Long.Ago);
        aside.RetryAt = Long.Ago;
        context.Add(aside);
    }

    private static class Long
    {
        public static DateTime Ago { get; } = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    }
}
