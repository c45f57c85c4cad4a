using Microsoft.Extensions.DependencyInjection;
using Podcast.Outbox.Tests.Scene;
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
