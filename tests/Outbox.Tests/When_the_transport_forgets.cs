using MassTransit;
using MassTransit.EntityFrameworkCoreIntegration;
using Microsoft.EntityFrameworkCore;
using Podcast.Outbox.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Outbox.Tests;

public sealed class When_the_transport_forgets
{
    private static readonly Plan Keeping = new() { Options = options => options.KeepSent = TimeSpan.FromMinutes(10) };

    [Theory, OnBoth]
    public async Task messages_of_the_last_run_are_resent_and_count_once(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        var (order, request) = (Guid.NewGuid(), Guid.NewGuid());
        await using (var first = await Shop.Open(database, Keeping))
        {
            await first.Publish(new Order(order, Steps: 2));
            await first.InScope(async (context, bus) =>
            {
                await bus.Publish(new Ordered(request, 1));
                await context.SaveChangesAsync();
            });
            await first.Mailbox.Gets<Ordered>(x => x.Id == order, 2);
            await first.Mailbox.Gets<Ordered>(x => x.Id == request);
            await Eventually.Holds(async () => await first.Notes(order, "ledger") == 2 && await first.Notes(request, "ledger") == 1, "consumed");
            await Eventually.Holds(async () => await Unmarked(first) == 0, "all is marked as sent");
            (await first.Stored()).ShouldBe(3, "kept");
        }

        await using var second = await Shop.Open(database, Keeping);

        (await second.Mailbox.Gets<Ordered>(x => x.Id == order, 2)).Count.ShouldBe(2);
        await second.Mailbox.Gets<Ordered>(x => x.Id == request);
        var again = second.Mailbox.All<Ordered>();
        again.ShouldAllBe(letter => letter.GetRedeliveryCount() == 1);
        foreach (var letter in again)
            await second.IsDoneWith(letter.MessageId!.Value);
        (await second.Notes(order, "ledger")).ShouldBe(2);
        (await second.Notes(request, "ledger")).ShouldBe(1);
    }

    [Theory, OnBoth]
    public async Task messages_are_resent_though_the_clock_was_put_back(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        var (order, request) = (Guid.NewGuid(), Guid.NewGuid());
        await using (var first = await Shop.Open(database, Keeping))
        {
            await first.Publish(new Order(order));
            await first.InScope(async (context, bus) =>
            {
                await bus.Publish(new Ordered(request, 1));
                await context.SaveChangesAsync();
            });
            await first.Mailbox.Gets<Ordered>(x => x.Id == order);
            await first.Mailbox.Gets<Ordered>(x => x.Id == request);
            await Eventually.Holds(async () => await Unmarked(first) == 0, "all is marked as sent");
        }

        await using var second = await Shop.Open(database, Keeping with { Ahead = TimeSpan.FromMinutes(-30) });

        await second.Mailbox.Gets<Ordered>(x => x.Id == order);
        await second.Mailbox.Gets<Ordered>(x => x.Id == request);
    }

    [Theory, OnBoth]
    public async Task a_first_delivery_is_not_marked(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(database, Keeping);
        var id = Guid.NewGuid();

        await shop.Publish(new Order(id));

        await shop.Mailbox.Gets<Ordered>(x => x.Id == id);
        shop.Mailbox.All<Ordered>().ShouldHaveSingleItem().GetRedeliveryCount().ShouldBe(0);
    }

    [Theory, OnBoth]
    public async Task what_was_kept_long_enough_goes(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        var id = Guid.NewGuid();
        await using var shop = await Shop.Open(database, new Plan
        {
            Options = options =>
            {
                options.KeepSent = TimeSpan.FromMilliseconds(100);
                options.CleanupInterval = TimeSpan.FromMilliseconds(20);
            },
        });

        await shop.Publish(new Order(id, Steps: 3));
        await shop.InScope(async (context, bus) =>
        {
            await bus.Publish(new Ordered(id, 4));
            await context.SaveChangesAsync();
        });

        await shop.Mailbox.Gets<Ordered>(x => x.Id == id, 4);
        await shop.IsEmpty();
        shop.Broker.Accepted.Count.ShouldBe(4, "sent once");
    }

    private static Task<int> Unmarked(Shop shop) => shop.Ask(async context =>
        await context.Set<OutboxState>().CountAsync(outbox => outbox.Delivered == null)
        + await context.Set<InboxState>().CountAsync(inbox => inbox.Delivered == null));
}
