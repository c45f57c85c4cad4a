using MassTransit;
using Microsoft.EntityFrameworkCore;
using Podcast.Outbox.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Outbox.Tests;

public sealed class When_a_saga_consumes_in_batches
{
    private static readonly Plan batches = new() { Batches = true };

    [Theory, OnBoth]
    public async Task events_at_once_all_count_and_leave_nothing(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(database, batches);
        Guid[] ids = [.. Enumerable.Range(0, 4).Select(_ => Guid.NewGuid())];

        var events = await Task.WhenAll(ids.SelectMany(id => Enumerable.Range(0, 8).Select(_ => shop.Publish(new Tick(id, Publishes: true)))));

        foreach (var messageId in events)
            await shop.IsDoneWith(messageId, 1);
        foreach (var id in ids)
        {
            (await Count(shop, id)).ShouldBe(8);
            (await shop.Mailbox.Gets<Ordered>(x => x.Id == id, 7)).Select(x => x.Step).Order().ShouldBe(Enumerable.Range(2, 7));
        }

        shop.Receipts.Faults.ShouldBeEmpty();
        await shop.IsEmpty();
    }

    [Fact]
    public async Task events_that_wait_share_a_transaction()
    {
        await using var database = await TestDatabase.Create(Db.Postgres);
        await using var shop = await Shop.Open(database, batches);
        var events = await WhileOneIsHandled(shop, () => Enumerable.Range(0, 30).Select(_ => shop.Publish(new Tick(Guid.NewGuid()))));

        foreach (var messageId in events)
            await shop.IsDoneWith(messageId, 1);

        var transactions = await shop.Ask(context => context.Database
            .SqlQueryRaw<int>("""SELECT count(DISTINCT xmin::text)::int AS "Value" FROM shop.tally""").SingleAsync());
        transactions.ShouldBeLessThan(15, "for 31 rows");
    }

    [Theory, OnBoth]
    public async Task event_that_fails_keeps_out_no_other(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(database, batches);
        var published = BusRecorder.On(shop.Bus);
        var id = Guid.NewGuid();
        await shop.IsDoneWith(await shop.Publish(new Tick(id)), 1);

        var spoilt = Guid.NewGuid();
        var events = await WhileOneIsHandled(shop, () => Enumerable.Range(0, 9).Select(number =>
            number == 4 ? shop.Publish(new Spoil(id), spoilt) : shop.Publish(new Tick(id, Publishes: true))));
        foreach (var messageId in events)
            await shop.IsDoneWith(messageId, 1);

        (await Count(shop, id)).ShouldBe(9);
        (await shop.Inbox(spoilt)).ShouldBeEmpty();
        published.Published<Fault<Spoil>>().ShouldHaveSingleItem().Message.Id.ShouldBe(id);
        var sent = await shop.Mailbox.Gets<Ordered>(x => x.Id == id, 8);
        sent.Select(x => x.Step).Order().ShouldBe(Enumerable.Range(2, 8));
    }

    [Theory, OnBoth]
    public async Task message_that_comes_twice_counts_once(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(database, batches);
        var (id, twice) = (Guid.NewGuid(), Guid.NewGuid());

        await WhileOneIsHandled(shop, () => Enumerable.Range(0, 2).Select(_ => shop.Publish(new Tick(id), twice)));
        await Eventually.Holds(() => shop.Receipts.Of(twice) == 2, "both deliveries ended");
        await shop.Publish(new Tick(id), twice);
        await Eventually.Holds(() => shop.Receipts.Of(twice) == 3, "the third ended");

        (await Count(shop, id)).ShouldBe(1);
        shop.Receipts.Faults.ShouldBeEmpty();
    }

    [Theory, OnBoth]
    public async Task sum_of_a_batch_is_published_once(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(database, batches);
        var id = Guid.NewGuid();

        var events = await WhileOneIsHandled(shop, () => Enumerable.Range(0, 20).Select(_ => shop.Publish(new Sum(id))));
        foreach (var messageId in events)
            await shop.IsDoneWith(messageId, 1);

        var sums = (await shop.Mailbox.Gets<Ordered>(x => x.Id == id && x.Step == 20)).Count + shop.Mailbox.Of<Ordered>(x => x.Id == id && x.Step < 20).Count;
        sums.ShouldBeLessThan(10, "one for each batch");
    }

    [Theory, OnBoth]
    public async Task instance_that_another_process_made_is_found(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        var plan = batches with { Retries = 5 };
        await using var shop = await Shop.Open(database, plan);
        await using var other = await Shop.Open(database, plan);
        Guid[] ids = [.. Enumerable.Range(0, 10).Select(_ => Guid.NewGuid())];

        var events = await Task.WhenAll(ids.Select(id => shop.Publish(new Tick(id))).Concat(ids.Select(id => other.Publish(new Opening(id)))));

        foreach (var messageId in events)
            await Eventually.Holds(() => shop.Receipts.Of(messageId) + other.Receipts.Of(messageId) > 0, "the message is handled");
        foreach (var id in ids)
            (await Count(shop, id)).ShouldBe(2);
        shop.Receipts.Faults.Concat(other.Receipts.Faults).ShouldBeEmpty();
    }

    [Fact]
    public async Task patient_message_goes_with_the_next_one()
    {
        await using var database = await TestDatabase.Create(Db.Sqlite);
        var plan = batches with { Patience = new() { [typeof(Tick)] = TimeSpan.FromHours(1) } };
        await using var shop = await Shop.Open(database, plan);
        var id = Guid.NewGuid();

        var patient = await shop.Publish(new Tick(id));
        await Eventually.Holds(() => shop.Receipts.Begun == 1, "it is delivered");
        (await Count(shop, id)).ShouldBe(0);
        var sums = 0;
        for (; shop.Receipts.Of(patient) == 0; sums++) // the first one may overtake it
            await shop.IsDoneWith(await shop.Publish(new Sum(id)), 1);

        (await Count(shop, id)).ShouldBe(1 + sums);
    }

    [Fact]
    public async Task read_only_event_is_refused()
    {
        await using var database = await TestDatabase.Create(Db.Sqlite);
        await using var shop = await Shop.Open(database, batches);
        var published = BusRecorder.On(shop.Bus);
        var id = Guid.NewGuid();
        await shop.IsDoneWith(await shop.Publish(new Tick(id)), 1);

        await shop.IsDoneWith(await shop.Publish(new Peek(id)), 1);

        published.Published<Fault<Peek>>().ShouldHaveSingleItem().Exceptions.ShouldHaveSingleItem().Message.ShouldContain("read-only");
        (await Count(shop, id)).ShouldBe(1);
    }

    /// <summary>Publishes while another batch is under way, so that the messages wait together.</summary>
    private static async Task<Guid[]> WhileOneIsHandled(Shop shop, Func<IEnumerable<Task<Guid>>> publish)
    {
        var gate = shop.Service<Gate>();
        await shop.Publish(new Pause(Guid.NewGuid()));
        await gate.Reached;
        var events = await Task.WhenAll(publish());
        await Eventually.Holds(() => shop.Receipts.Begun >= events.Length + 1, "all are delivered");
        gate.Open();
        return events;
    }

    private static Task<int> Count(Shop shop, Guid id) =>
        shop.Ask(context => context.Tallies.Where(tally => tally.CorrelationId == id).Select(tally => tally.Count).SingleOrDefaultAsync());
}
