using MassTransit;
using Microsoft.EntityFrameworkCore;
using Podcast.Outbox.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Outbox.Tests;

public sealed class When_a_message_is_consumed
{
    [Theory, OnBoth]
    public async Task effect_and_messages_are_saved_together_and_rows_removed(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(database);
        var id = Guid.NewGuid();

        var messageId = await shop.Publish(new Order(id));

        (await shop.Mailbox.Gets<Ordered>(x => x.Id == id)).ShouldHaveSingleItem();
        (await shop.Notes(id)).ShouldBe(1);
        await shop.IsEmpty();
        await Eventually.Holds(async () => (await shop.Inbox(messageId)).All(inbox => inbox.Delivered is not null), "the inbox knows that all was sent");
        (await shop.Inbox(messageId)).Length.ShouldBe(2, "one row per consumer");
    }

    [Theory, OnBoth]
    public async Task nothing_is_left_of_a_failure_but_one_fault(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(database);
        var id = Guid.NewGuid();
        var published = BusRecorder.On(shop.Bus);

        var messageId = await shop.Publish(new Order(id, Trouble.Throws));

        await shop.IsDoneWith(messageId);
        published.Published<Fault<Order>>().ShouldHaveSingleItem().Message.Id.ShouldBe(id);
        await Eventually.Holds(async () => await shop.Notes(id, "audit") == 1, "the other consumer is not concerned");
        (await shop.Notes(id)).ShouldBe(0);
        (await shop.Inbox(messageId)).ShouldHaveSingleItem("only the other consumer's row");
        shop.Mailbox.Of<Ordered>(x => x.Id == id).ShouldBeEmpty();
    }

    [Theory, OnBoth]
    public async Task a_second_delivery_is_dropped(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(database);
        var (id, later) = (Guid.NewGuid(), Guid.NewGuid());
        var messageId = await shop.Publish(new Order(id));
        await shop.Mailbox.Gets<Ordered>(x => x.Id == id);

        await shop.IsDoneWith(messageId);
        await shop.Publish(new Order(id), messageId);
        await shop.IsDoneWith(messageId, 4);
        await shop.Publish(new Order(later));

        await shop.Mailbox.Gets<Ordered>(x => x.Id == later);
        await shop.IsEmpty();
        await Eventually.Holds(async () => await shop.Notes(id, "ledger") == 1, "the receiving side has it");
        (await shop.Notes(id)).ShouldBe(1);
        (await shop.Notes(id, "audit")).ShouldBe(1);
        shop.Mailbox.Of<Ordered>(x => x.Id == id).ShouldHaveSingleItem();
    }

    [Theory, OnBoth]
    public async Task deliveries_of_one_message_at_once_have_one_effect(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(database);
        var id = Guid.NewGuid();
        var messageId = Guid.CreateVersion7();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shop.Publish(new Order(id), messageId)));

        await Eventually.Holds(() => shop.Receipts.Of(messageId) == 40, "both endpoints are done with all twenty");
        (await shop.Notes(id)).ShouldBe(1);
        (await shop.Notes(id, "audit")).ShouldBe(1);
        shop.Receipts.Faults.ShouldBeEmpty();
        await shop.IsEmpty();
        shop.Mailbox.Of<Ordered>(x => x.Id == id).ShouldHaveSingleItem();
    }

    [Theory, OnBoth]
    public async Task an_attempt_that_failed_leaves_nothing_for_the_next(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(database, new Plan { Retries = 2 });
        var id = Guid.NewGuid();

        await shop.Publish(new Order(id, Trouble.ThrowsTheFirstTime));

        (await shop.Mailbox.Gets<Ordered>(x => x.Id == id)).ShouldHaveSingleItem();
        (await shop.Ask(context => context.Notes.Where(note => note.Text.StartsWith(id.ToString())).Select(note => note.Text).ToListAsync()))
            .ShouldBe([$"{id} 2"]);
        shop.Script.ContextsOf(id).Distinct().Count().ShouldBe(2, "each attempt has its own scope");
        shop.Mailbox.Of<Fault<Order>>(_ => true).ShouldBeEmpty();
    }

    [Theory, OnBoth]
    public async Task retry_in_the_same_scope_starts_clean(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(database, new Plan { Retries = 2, OneScope = true });
        var id = Guid.NewGuid();

        await shop.Publish(new Order(id, Trouble.ThrowsTheFirstTime));

        (await shop.Mailbox.Gets<Ordered>(x => x.Id == id)).ShouldHaveSingleItem();
        (await shop.Notes(id)).ShouldBe(1);
        shop.Script.ContextsOf(id).Distinct().ShouldHaveSingleItem("both attempts had the same context");
    }

    [Theory, OnBoth]
    public async Task a_graceful_stop_leaves_no_sent_rows(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using (var first = await Shop.Open(database, new Plan { Options = options => options.RemoveDelay = TimeSpan.FromSeconds(10) }))
        {
            var messageId = await first.Publish(new Order(Guid.NewGuid(), Steps: 3));
            await first.IsDoneWith(messageId);
            await first.Mailbox.Gets<Ordered>(_ => true, 3);
            (await first.Stored()).ShouldBe(3);
            await first.Stop();
        }

        await using var second = await Shop.Open(database);
        (await second.Stored()).ShouldBe(0);
        second.Broker.Attempts.ShouldBeEmpty();
    }

    [Theory, OnBoth]
    public async Task its_messages_leave_in_order(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(database);
        var id = Guid.NewGuid();

        await shop.Publish(new Order(id, Steps: 25));

        (await shop.Mailbox.Gets<Ordered>(x => x.Id == id, 25)).Count.ShouldBe(25);
        var steps = shop.Broker.Attempts.Select(x => x.MessageId!.Value).ToList();
        var bySequence = shop.Mailbox.All<Ordered>().Where(x => x.Message.Id == id).ToDictionary(x => x.MessageId!.Value, x => x.Message.Step);
        steps.Select(messageId => bySequence[messageId]).ShouldBe(Enumerable.Range(1, 25));
    }

    [Theory, OnBoth]
    public async Task it_can_be_answered(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(database);

        var answer = await shop.Bus.CreateRequestClient<Question>().GetResponse<Answer>(new Question("Is it"));

        answer.Message.Text.ShouldBe("Is it!");
    }

    [Theory, OnBoth]
    public async Task a_row_that_the_packages_outbox_began_is_taken_over(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(database);
        var (id, first) = (Guid.NewGuid(), Guid.NewGuid());
        var messageId = await shop.Publish(new Order(first));
        await shop.IsDoneWith(messageId);
        var begun = Guid.CreateVersion7();
        await shop.Ask(async context =>
        {
            foreach (var inbox in await shop.Inbox(messageId))
            {
                context.Add(new MassTransit.EntityFrameworkCoreIntegration.InboxState
                {
                    MessageId = begun,
                    ConsumerId = inbox.ConsumerId,
                    Received = DateTime.SpecifyKind(inbox.Received, DateTimeKind.Utc),
                    ReceiveCount = 1,
                });
            }

            return await context.SaveChangesAsync();
        });

        await shop.Publish(new Order(id), begun);

        await shop.IsDoneWith(begun);
        await shop.Mailbox.Gets<Ordered>(x => x.Id == id);
        (await shop.Notes(id)).ShouldBe(1);
        (await shop.Inbox(begun)).ShouldAllBe(inbox => inbox.ReceiveCount == 2 && inbox.Consumed != null);
    }
}
