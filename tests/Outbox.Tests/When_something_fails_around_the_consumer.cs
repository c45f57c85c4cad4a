using MassTransit;
using Microsoft.EntityFrameworkCore;
using Podcast.Outbox.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Outbox.Tests;

public sealed class When_something_fails_around_the_consumer
{
    public static TheoryData<Db, Trouble, int> Troubles => new()
    {
        { Db.Sqlite, Trouble.FailsToSave, 0 },
        { Db.Sqlite, Trouble.FailsToSave, 2 },
        { Db.Sqlite, Trouble.FailsToCommit, 0 },
        { Db.Sqlite, Trouble.FailsToCommit, 2 },
        { Db.Sqlite, Trouble.ForgetsItsMessages, 0 },
        { Db.Postgres, Trouble.FailsToSave, 0 },
        { Db.Postgres, Trouble.FailsToSave, 2 },
        { Db.Postgres, Trouble.FailsToCommit, 0 },
        { Db.Postgres, Trouble.FailsToCommit, 2 },
        { Db.Postgres, Trouble.SwallowsAFailure, 0 },
        { Db.Postgres, Trouble.SwallowsAFailure, 2 },
        { Db.Postgres, Trouble.SwallowsAFailureAtTheEnd, 0 },
        { Db.Postgres, Trouble.SwallowsAFailureAtTheEnd, 2 },
        { Db.Postgres, Trouble.ForgetsItsMessages, 0 },
    };

    [Theory, MemberData(nameof(Troubles))]
    public async Task the_message_faults_once_and_leaves_nothing(Db db, Trouble trouble, int retries)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(database, new Plan { Retries = retries });
        var (id, later) = (Guid.NewGuid(), Guid.NewGuid());
        var published = BusRecorder.On(shop.Bus);

        var messageId = await shop.Publish(new Order(id, trouble));
        await shop.IsDoneWith(messageId);
        await shop.Publish(new Order(later));
        await shop.Mailbox.Gets<Ordered>(x => x.Id == later);

        published.Published<Fault<Order>>().ShouldHaveSingleItem().Message.Id.ShouldBe(id);
        shop.Script.AttemptsOf(id).ShouldBe(1 + retries);
        (await shop.Notes(id)).ShouldBe(0);
        (await shop.Inbox(messageId)).ShouldHaveSingleItem("only the other consumer's row");
        shop.Mailbox.Of<Ordered>(x => x.Id == id).ShouldBeEmpty();
    }

    [Theory, OnBoth]
    public async Task a_database_that_does_not_answer_makes_a_fault_too(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(database);
        var id = Guid.NewGuid();
        await shop.Ask(async context =>
        {
            return await context.Database.ExecuteSqlRawAsync(
                db == Db.Sqlite ? "DROP TABLE \"InboxState\"" : "DROP TABLE shop.\"InboxState\" CASCADE");
        });

        var messageId = await shop.Publish(new Order(id));

        await shop.IsDoneWith(messageId);
        (await shop.Mailbox.Gets<Fault<Order>>(x => x.Message.Id == id, 2)).Count.ShouldBe(2, "one per consumer");
        shop.Script.AttemptsOf(id).ShouldBe(0);
    }

    [Theory, OnBoth]
    public async Task hanging_broker_causes_no_fault_and_committed_messages_leave(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(database, new Plan
        {
            Options = options =>
            {
                options.SendTimeout = TimeSpan.FromMilliseconds(500);
                options.LeftoverAge = TimeSpan.FromHours(1);
            },
        });
        var id = Guid.NewGuid();
        shop.Broker.Hang();

        var messageId = await shop.Publish(new Order(id, Steps: 3));
        await shop.IsDoneWith(messageId);

        (await shop.Notes(id)).ShouldBe(1);
        (await shop.Stored()).ShouldBe(3);
        shop.Broker.Accepted.ShouldBeEmpty();

        shop.Broker.Recover();
        (await shop.Mailbox.Gets<Ordered>(x => x.Id == id, 3)).Count.ShouldBe(3);
        await shop.IsEmpty();
        shop.Receipts.Faults.ShouldBeEmpty();
        (await shop.SetAside()).ShouldBeEmpty("nothing was wrong with the messages");
    }
}
