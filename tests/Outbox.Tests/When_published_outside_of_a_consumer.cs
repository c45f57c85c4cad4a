using MassTransit;
using MassTransit.EntityFrameworkCoreIntegration;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Podcast.Outbox.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Outbox.Tests;

public sealed class When_published_outside_of_a_consumer
{
    [Theory, OnBoth]
    public async Task the_message_leaves_with_the_save_and_not_before(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(database, Plan.NoSweep);
        var id = Guid.NewGuid();

        await shop.InScope(async (context, bus) =>
        {
            context.Notes.Add(new Note { Order = id, Text = id.ToString() });
            await bus.Publish(new Ordered(id, 1));
            shop.Broker.Attempts.ShouldBeEmpty();
            await context.SaveChangesAsync();

            // The scope is still open: the save itself woke the delivery.
            await shop.Mailbox.Gets<Ordered>(x => x.Id == id);
        });

        await shop.IsEmpty();
        shop.Mailbox.Of<Ordered>(x => x.Id == id).ShouldHaveSingleItem();
    }

    [Theory, OnBoth]
    public async Task its_rows_are_not_read_back(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        var statements = new Statements();
        await using var shop = await Shop.Open(database, Plan.NoSweep with
        {
            Bus = bus => bus.ConfigureDbContext<ShopContext>(options => options.AddInterceptors(statements)),
        });

        await Publish(shop); // before the delivery knows the database's time
        await shop.IsEmpty();
        var before = statements.All.Count;

        await Publish(shop);

        await shop.IsEmpty();
        statements.All.Skip(before).ShouldNotContain(statement => statement.StartsWith("SELECT * FROM"), "it left from memory");
        shop.Broker.Accepted.Count.ShouldBe(2);
    }

    [Theory, OnBoth]
    public async Task it_is_sent_once_though_its_rows_grow_old(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        var statements = new Statements();
        await using var shop = await Shop.Open(database, new Plan
        {
            Options = options => options.RemoveDelay = TimeSpan.FromSeconds(10),
            Bus = bus => bus.ConfigureDbContext<ShopContext>(options => options.AddInterceptors(statements)),
        });
        await Publish(shop); // before the delivery knows the database's time
        await Eventually.Holds(() => shop.Broker.Accepted.Count == 1, "it was sent");
        await Publish(shop);
        await Eventually.Holds(() => shop.Broker.Accepted.Count == 2, "the second was sent");

        await shop.Ask(context => context.Set<OutboxState>().ExecuteUpdateAsync(set => set.SetProperty(x => x.Created, DateTime.UnixEpoch)));
        await statements.Says("\"LockId\" IN", 3);

        shop.Broker.Attempts.Count.ShouldBe(2);
    }

    [Theory, OnBoth]
    public async Task within_a_transaction_it_leaves_after_the_commit(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(database, Plan.NoSweep);
        var (kept, dropped) = (Guid.NewGuid(), Guid.NewGuid());

        await shop.InScope(async (context, bus) =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync();
            await bus.Publish(new Ordered(dropped, 1));
            await context.SaveChangesAsync();
            await transaction.RollbackAsync();
        });
        await shop.InScope(async (context, bus) =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync();
            await bus.Publish(new Ordered(kept, 1));
            await context.SaveChangesAsync();
            await transaction.CommitAsync();
        });

        await shop.Mailbox.Gets<Ordered>(x => x.Id == kept);
        await shop.IsEmpty();
        shop.Mailbox.Of<Ordered>(x => x.Id == dropped).ShouldBeEmpty();
    }

    [Theory, OnBoth]
    public async Task message_without_a_context_goes_straight_to_the_bus(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(database, Plan.NoSweep);
        var id = Guid.NewGuid();

        await using (var scope = shop.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<IPublishEndpoint>().Publish(new Ordered(id, 1));
            var endpoint = await scope.ServiceProvider.GetRequiredService<ISendEndpointProvider>().GetSendEndpoint(new Uri("queue:Recorder"));
            await endpoint.Send(new Ordered(id, 2));
        }

        (await shop.Mailbox.Gets<Ordered>(x => x.Id == id, 2)).Count.ShouldBe(2);
        shop.Broker.Attempts.ShouldBeEmpty("nothing was stored");
    }

    [Theory, OnBoth]
    public async Task it_can_be_sent_to_a_queue(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(database, Plan.NoSweep);
        var id = Guid.NewGuid();

        await using (var scope = shop.Services.CreateAsyncScope())
        {
            var context = scope.ServiceProvider.GetRequiredService<ShopContext>();
            var endpoint = await scope.ServiceProvider.GetRequiredService<ISendEndpointProvider>().GetSendEndpoint(new Uri("queue:Recorder"));
            await endpoint.Send(new Ordered(id, 1));
            await context.SaveChangesAsync();
        }

        await shop.Mailbox.Gets<Ordered>(x => x.Id == id);
        (await shop.Notes(id, "ledger")).ShouldBe(0, "it went to the one queue");
    }

    [Theory, OnBoth]
    public async Task message_stored_before_the_bus_starts_is_sent_when_ready(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        var id = Guid.NewGuid();

        // In memory, a message for an exchange that nobody has bound yet is gone.
        await using var shop = await Shop.Open(database, before: early => early.InScope(async (context, bus) =>
        {
            await bus.Publish(new Ordered(id, 1));
            await context.SaveChangesAsync();
        }).GetAwaiter().GetResult());

        await shop.Mailbox.Gets<Ordered>(x => x.Id == id);
    }

    [Theory, OnBoth]
    public async Task times_are_utc_and_ids_are_made_here(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(database);
        shop.Broker.Hang();

        await shop.InScope(async (context, bus) =>
        {
            await bus.Publish(new Ordered(Guid.NewGuid(), 1), x => x.TimeToLive = TimeSpan.FromHours(1));
            await context.SaveChangesAsync();

            var row = context.ChangeTracker.Entries<OutboxMessage>().Single().Entity;
            row.SentTime.Kind.ShouldBe(DateTimeKind.Utc);
            row.ExpirationTime!.Value.Kind.ShouldBe(DateTimeKind.Utc);
            row.OutboxId!.Value.Version.ShouldBe(7);
        });
    }

    private static Task Publish(Shop shop) => shop.InScope(async (context, bus) =>
    {
        await bus.Publish(new Ordered(Guid.NewGuid(), 1));
        await context.SaveChangesAsync();
    });
}
