using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Podcast.Outbox.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Outbox.Tests;

public sealed class When_a_process_leaves_something_behind
{
    [Theory, OnBoth]
    public async Task another_one_sends_it_when_it_is_old(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        var id = Guid.NewGuid();
        var messageId = await DieBeforeSending(database, id);

        await using var shop = await Shop.Open(database, new Plan { Options = options => options.LeftoverAge = TimeSpan.FromMilliseconds(50) });

        (await shop.Mailbox.Gets<Ordered>(x => x.Id == id, 2)).Select(x => x.Step).Order().ShouldBe([1, 2]);
        shop.Mailbox.All<Ordered>().ShouldAllBe(letter => letter.GetRedeliveryCount() == 1, "the dead one may have sent it");
        await shop.IsEmpty();
        await Eventually.Holds(async () => (await shop.Inbox(messageId)).All(inbox => inbox.Delivered is not null), "the inbox knows");
    }

    [Theory, OnBoth]
    public async Task a_second_delivery_of_the_message_has_it_sent_at_once(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        var id = Guid.NewGuid();
        var messageId = await DieBeforeSending(database, id);
        await using var shop = await Shop.Open(database, new Plan { Options = options => options.LeftoverAge = TimeSpan.FromHours(1) });

        await shop.Publish(new Order(id, Steps: 2), messageId);

        (await shop.Mailbox.Gets<Ordered>(x => x.Id == id, 2)).Count.ShouldBe(2);
        (await shop.Notes(id)).ShouldBe(1);
        await shop.IsEmpty();
    }

    [Theory, OnBoth]
    public async Task an_outbox_of_another_process_is_marked_and_an_own_one_is_not(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        var (theirs, ours) = (Guid.NewGuid(), Guid.NewGuid());
        await using (var dying = await Shop.Open(database, new Plan { Options = options => options.SendTimeout = TimeSpan.FromMilliseconds(20) }))
        {
            dying.Broker.Hang();
            await Publish(dying, theirs);
            await dying.Stop();
        }

        await using var shop = await Shop.Open(database);
        await Publish(shop, ours);

        await shop.Mailbox.Gets<Ordered>(x => x.Id == theirs);
        await shop.Mailbox.Gets<Ordered>(x => x.Id == ours);
        shop.Mailbox.All<Ordered>().Single(x => x.Message.Id == theirs).GetRedeliveryCount().ShouldBe(1);
        shop.Mailbox.All<Ordered>().Single(x => x.Message.Id == ours).GetRedeliveryCount().ShouldBe(0);

        static Task Publish(Shop shop, Guid id) => shop.InScope(async (context, bus) =>
        {
            await bus.Publish(new Ordered(id, 1));
            await context.SaveChangesAsync();
        });
    }

    [Theory, OnBoth]
    public async Task a_second_attempt_of_our_own_is_marked(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(database, new Plan { Options = options => options.SendTimeout = TimeSpan.FromMilliseconds(500) });
        var id = Guid.NewGuid();
        shop.Broker.Hang();
        await shop.InScope(async (context, bus) =>
        {
            await bus.Publish(new Ordered(id, 1));
            await context.SaveChangesAsync();
        });
        await Eventually.Holds(() => shop.Broker.Attempts.Count > 0, "it was tried");

        shop.Broker.Recover();

        await shop.Mailbox.Gets<Ordered>(x => x.Id == id);
        shop.Mailbox.All<Ordered>().ShouldHaveSingleItem().GetRedeliveryCount().ShouldBe(1, "nobody knows what became of the first");
    }

    [Theory, OnBoth]
    public async Task what_is_young_belongs_to_somebody(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        var id = Guid.NewGuid();
        await DieBeforeSending(database, id);
        var statements = new Statements();
        await using var shop = await Shop.Open(database, new Plan
        {
            Options = options => options.LeftoverAge = TimeSpan.FromHours(1),
            Bus = bus => bus.ConfigureDbContext<ShopContext>(options => options.AddInterceptors(statements)),
        });

        await statements.Settle();

        shop.Broker.Attempts.ShouldBeEmpty();
        (await shop.Stored()).ShouldBe(2);
    }

    /// <summary>A host that commits an order, cannot send what it causes, and is gone.</summary>
    private static async Task<Guid> DieBeforeSending(TestDatabase database, Guid id)
    {
        await using var dying = await Shop.Open(database, new Plan
        {
            Options = options =>
            {
                options.SendTimeout = TimeSpan.FromMilliseconds(20);
                options.SweepInterval = TimeSpan.FromMinutes(10);
            },
        });
        dying.Broker.Hang();
        var messageId = await dying.Publish(new Order(id, Steps: 2));
        await dying.IsDoneWith(messageId);
        await dying.Stop();
        return messageId;
    }
}
