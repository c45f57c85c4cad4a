using System.Transactions;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Podcast.Outbox.Tests.Fixtures;

namespace Podcast.Outbox.Tests;

/// <summary>Messages that were published outside of a consumer are sent from memory only if they are certainly committed.</summary>
public sealed class When_a_commit_is_uncertain
{
    [Fact]
    public async Task a_commit_that_the_database_made_a_rollback_sends_nothing()
    {
        await using var database = await TestDatabase.Create(Db.Postgres);
        await using var shop = await Open(database);

        await IsNotSent(shop, async (context, bus, dropped) =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync();
            await bus.Publish(new Ordered(dropped, 1));
            await context.SaveChangesAsync();
            await Should.ThrowAsync<Exception>(() => context.Database.ExecuteSqlRawAsync("SELECT nothing"));
            await transaction.CommitAsync();
        });
    }

    [Theory, OnBoth]
    public async Task a_rollback_to_a_savepoint_takes_back_only_what_followed(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Open(database);
        var kept = Guid.NewGuid();

        await IsNotSent(shop, async (context, bus, dropped) =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync();
            await bus.Publish(new Ordered(kept, 1));
            await context.SaveChangesAsync();
            await transaction.CreateSavepointAsync("here");
            await bus.Publish(new Ordered(dropped, 1));
            await context.SaveChangesAsync();
            await transaction.RollbackToSavepointAsync("here");
            await transaction.CommitAsync();
        });

        shop.Mailbox.Of<Ordered>(x => x.Id == kept).ShouldHaveSingleItem();
    }

    [Theory, OnBoth]
    public async Task a_commit_past_the_context_sends_from_the_table(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Open(database);
        var id = Guid.NewGuid();

        await shop.InScope(async (context, bus) =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync();
            await bus.Publish(new Ordered(id, 1));
            await context.SaveChangesAsync();
            await transaction.GetDbTransaction().CommitAsync();
        });

        await shop.Mailbox.Gets<Ordered>(x => x.Id == id);
        await shop.IsEmpty();
    }

    [Fact]
    public async Task an_ambient_transaction_that_is_not_completed_sends_nothing()
    {
        await using var database = await TestDatabase.Create(Db.Postgres);
        await using var shop = await Open(database);

        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            await shop.InScope(async (context, bus) =>
            {
                await bus.Publish(new Ordered(Guid.NewGuid(), 1));
                await context.SaveChangesAsync();
            });
        }

        await IsNotSent(shop, (_, _, _) => Task.CompletedTask);
        shop.Broker.Attempts.Count.ShouldBe(2, "the first message, and the one that shows that nothing else is on its way");
    }

    /// <summary>Its first message is sent from the table, because the delivery does not know the database's time before.</summary>
    private static async Task<Shop> Open(TestDatabase database)
    {
        var shop = await Shop.Open(database, Plan.NoSweep);
        await Publish(shop, Guid.NewGuid());
        await shop.IsEmpty();
        return shop;
    }

    private static Task Publish(Shop shop, Guid id) => shop.InScope(async (context, bus) =>
    {
        await bus.Publish(new Ordered(id, 1));
        await context.SaveChangesAsync();
    });

    /// <summary>The next message is sent, and those that <paramref name="work"/> dropped before are not.</summary>
    private static async Task IsNotSent(Shop shop, Func<ShopContext, IPublishEndpoint, Guid, Task> work)
    {
        var (dropped, next) = (Guid.NewGuid(), Guid.NewGuid());
        await shop.InScope((context, bus) => work(context, bus, dropped));
        await Publish(shop, next);

        await shop.Mailbox.Gets<Ordered>(x => x.Id == next);
        await shop.IsEmpty();
        shop.Mailbox.Of<Ordered>(x => x.Id == dropped).ShouldBeEmpty();
    }
}
