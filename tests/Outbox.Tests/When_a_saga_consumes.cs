using MassTransit;
using Microsoft.EntityFrameworkCore;
using Podcast.Outbox.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Outbox.Tests;

public sealed class When_a_saga_consumes
{
    [Theory, OnBoth]
    public async Task events_at_once_all_count_and_none_is_retried(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(database);
        var id = Guid.NewGuid();
        await shop.IsDoneWith(await shop.Publish(new Tick(id)), 1);

        var events = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => shop.Publish(new Tick(id, Publishes: true))));

        foreach (var messageId in events)
            await shop.IsDoneWith(messageId, 1);
        (await Count(shop, id)).ShouldBe(13);
        shop.Receipts.Faults.ShouldBeEmpty();
        (await shop.Mailbox.Gets<Ordered>(x => x.Id == id, 12)).Select(x => x.Step).Order().ShouldBe(Enumerable.Range(2, 12));
        await shop.IsEmpty();
    }

    [Theory, OnBoth]
    public async Task first_events_at_once_make_one_instance(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(database, new Plan { Retries = 5 });
        var ids = Enumerable.Range(0, 10).Select(_ => Guid.NewGuid()).ToArray();

        var events = await Task.WhenAll(ids.SelectMany(id => Enumerable.Range(0, 3).Select(_ => shop.Publish(new Tick(id)))));

        foreach (var messageId in events)
            await shop.IsDoneWith(messageId, 1);
        foreach (var id in ids)
            (await Count(shop, id)).ShouldBe(3);
        shop.Receipts.Faults.ShouldBeEmpty();
    }

    [Theory, OnBoth]
    public async Task existing_saga_is_loaded_after_a_failed_insert_without_retry(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(database);
        var ids = Enumerable.Range(0, 5).Select(_ => Guid.NewGuid()).ToArray();

        var events = await Task.WhenAll(ids.SelectMany(id => Enumerable.Range(0, 4).Select(_ => shop.Publish(new Opening(id)))));

        foreach (var messageId in events)
            await shop.IsDoneWith(messageId, 1);
        foreach (var id in ids)
            (await Count(shop, id)).ShouldBe(4);
        shop.Receipts.Faults.ShouldBeEmpty("nobody had to be retried, although a failed INSERT ends a transaction of PostgreSQL");
    }

    [Theory, OnBoth]
    public async Task concurrent_events_for_the_same_sagas_do_not_deadlock(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(database);
        Guid[] ids = [.. Enumerable.Range(0, 20).Select(_ => Guid.NewGuid())];
        await shop.Ask(context =>
        {
            foreach (var id in ids)
                context.Add(new Tally { CorrelationId = id, State = "Counting", Group = "all" });
            return context.SaveChangesAsync();
        });

        // Without a common order of locks the half that sees the rows in another order deadlocks with the rest.
        var events = new List<Guid>();
        for (var round = 0; round < 8; round++)
        {
            events.Add(await shop.Publish(new TickTogether("all")));
            await shop.Ask(context => context.Tallies.Where(tally => tally.CorrelationId == ids[round])
                .ExecuteUpdateAsync(set => set.SetProperty(tally => tally.State, "Counting")));
        }

        foreach (var messageId in events)
            await shop.IsDoneWith(messageId, 1);
        foreach (var id in ids)
            (await Count(shop, id)).ShouldBe(8);
        shop.Receipts.Faults.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ConcurrencyMode.Pessimistic, 0)]
    [InlineData(ConcurrencyMode.Optimistic, 20)]
    public async Task the_row_version_of_postgres_guards_it(ConcurrencyMode mode, int retries)
    {
        await using var database = await TestDatabase.Create(Db.Postgres);
        await using var shop = await Shop.Open(database, new Plan { Repository = r => r.ConcurrencyMode = mode, Retries = retries });
        var id = Guid.NewGuid();
        await shop.IsDoneWith(await shop.Publish(new Tick(id)), 1);

        var events = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => shop.Publish(new Tick(id))));

        foreach (var messageId in events)
            await shop.IsDoneWith(messageId, 1);
        (await Count(shop, id)).ShouldBe(9);
        (await shop.Ask(context => context.Tallies.SingleAsync(tally => tally.CorrelationId == id))).Version.ShouldBeGreaterThan(0u);
        shop.Receipts.Faults.ShouldBeEmpty();
    }

    [Theory, OnBoth]
    public async Task read_only_event_saves_its_messages_but_no_state(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(database);
        var id = Guid.NewGuid();
        await shop.IsDoneWith(await shop.Publish(new Tick(id)), 1);

        await shop.IsDoneWith(await shop.Publish(new Peek(id)), 1);

        (await shop.Mailbox.Gets<Ordered>(x => x.Id == id)).ShouldHaveSingleItem().Step.ShouldBe(2);
        (await Count(shop, id)).ShouldBe(1);
    }

    [Fact]
    public async Task many_at_once_find_sqlite_never_locked()
    {
        await using var database = await TestDatabase.Create(Db.Sqlite);
        await using var shop = await Shop.Open(database);
        var ids = Enumerable.Range(0, 40).Select(_ => Guid.NewGuid()).ToArray();

        await Task.WhenAll(ids.Select(id => shop.Publish(new Tick(id))));
        await Task.WhenAll(ids.Select(id => shop.Publish(new Order(id))));

        foreach (var id in ids)
            await Eventually.Holds(async () => await shop.Notes(id, "ledger") == 1 && await Count(shop, id) == 1, "all came to their end");
        shop.Receipts.Faults.ShouldBeEmpty();
    }

    private static Task<int> Count(Shop shop, Guid id) =>
        shop.Ask(context => context.Tallies.Where(tally => tally.CorrelationId == id).Select(tally => tally.Count).SingleOrDefaultAsync());
}
