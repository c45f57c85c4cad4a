using MassTransit;
using MassTransit.EntityFrameworkCoreIntegration;
using Microsoft.Extensions.DependencyInjection;
using Podcast.Outbox.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Outbox.Tests;

public sealed class When_a_message_cannot_be_sent
{
    [Theory, OnBoth]
    public async Task the_others_leave_and_it_waits_aside_with_the_reason(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(database);
        Guid[] good = [.. Enumerable.Range(0, 30).Select(_ => Guid.NewGuid())];
        Guid bad = default;

        await shop.InScope(async (context, bus) =>
        {
            await bus.Publish(new Ordered(good[0], 1));
            await bus.Publish(new Ordered(bad = Guid.NewGuid(), 1));
            await bus.Publish(new Ordered(good[1], 1));
            foreach (var row in context.ChangeTracker.Entries<OutboxMessage>().Where(row => row.Entity.Body.Contains(bad.ToString())))
                row.Entity.DestinationAddress = new Uri("nowhere://at/all");
            await context.SaveChangesAsync();
        });
        foreach (var id in good[2..])
        {
            await shop.InScope(async (context, bus) =>
            {
                await bus.Publish(new Ordered(id, 1));
                await context.SaveChangesAsync();
            });
        }

        foreach (var id in good)
            await shop.Mailbox.Gets<Ordered>(x => x.Id == id);
        await shop.IsEmpty();
        var aside = (await shop.SetAside()).ShouldHaveSingleItem();
        aside.Destination.ShouldBe("nowhere://at/all");
        aside.Reason.ShouldNotBeNullOrWhiteSpace();
        aside.Attempts.ShouldBeGreaterThanOrEqualTo(1);
        aside.RetryAt.ShouldNotBeNull();
        aside.MessageType.ShouldContain("Ordered");
    }

    [Theory, OnBoth]
    public async Task reason_is_kept_but_for_what_cannot_be_stored(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(database, new Plan { Options = options => options.MaxAttempts = 1 });
        shop.Broker.Fails = _ => new InvalidOperationException($"half of a pair: \ud83d, \0{new string('x', 953)}🎙 and more");

        await shop.InScope(async (context, bus) =>
        {
            await bus.Publish(new Ordered(Guid.NewGuid(), 1));
            await context.SaveChangesAsync();
        });
        await Eventually.Holds(async () => await shop.SetAside() is [_], "it is set aside");

        var reason = (await shop.SetAside()).ShouldHaveSingleItem().Reason;
        reason.ShouldStartWith("InvalidOperationException: half of a pair: \ufffd, xxx");
        reason.ShouldEndWith("x🎙");
    }

    [Theory, OnBoth]
    public async Task message_refused_too_often_is_set_aside_and_can_be_resent(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(database, new Plan { Options = options => options.MaxAttempts = 3 });
        var id = Guid.NewGuid();
        shop.Broker.Refuses = _ => true;

        await shop.InScope(async (context, bus) =>
        {
            await bus.Publish(new Ordered(id, 1), x => x.Headers.Set("colour", "green"));
            await context.SaveChangesAsync();
        });
        await Eventually.Holds(async () => await shop.SetAside() is [{ RetryAt: null }], "it was given up");

        (await shop.SetAside()).ShouldHaveSingleItem().Attempts.ShouldBe(3);
        shop.Broker.Attempts.Count.ShouldBe(3, "no hot loop");
        shop.Broker.Refuses = null;
        var desk = shop.Service<IOutboxDesk>();
        var letter = (await desk.Look(10, CancellationToken.None)).Newest.ShouldHaveSingleItem();
        (await desk.SendAgain(letter.Id + 1, CancellationToken.None)).ShouldBeFalse();
        (await desk.SendAgain(letter.Id, CancellationToken.None)).ShouldBeTrue();

        await shop.Mailbox.Gets<Ordered>(x => x.Id == id);
        shop.Mailbox.All<Ordered>().Single(x => x.Message.Id == id).Headers.Get<string>("colour").ShouldBe("green");
        await Eventually.Holds(async () => await shop.SetAside() is [], "it is not aside any more");
    }

    [Theory, OnBoth]
    public async Task a_consumers_message_is_set_aside_too_and_its_siblings_arrive(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(database, new Plan { Options = options => options.RemoveDelay = TimeSpan.FromMilliseconds(500) });
        var id = Guid.NewGuid();
        Guid? first = null;
        shop.Broker.Refuses = context => context.MessageId == (first ??= context.MessageId);

        await shop.Publish(new Order(id, Steps: 3));

        (await shop.Mailbox.Gets<Ordered>(x => x.Id == id, 2)).Count.ShouldBe(2);
        await Eventually.Holds(async () => await shop.SetAside() is [_], "the third is aside");
        await shop.IsEmpty();
        shop.Broker.Accepted.ShouldBeUnique("none of them is sent once more with the third");
        shop.Receipts.Faults.ShouldBeEmpty();
        (await shop.Notes(id)).ShouldBe(1);
    }

    [Theory, OnBoth]
    public async Task an_empty_outbox_asks_the_database_one_thing_per_interval(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        var statements = new Statements();
        await using var shop = await Shop.Open(database, new Plan
        {
            Options = options => options.CleanupInterval = TimeSpan.FromHours(1),
            Bus = bus => bus.ConfigureDbContext<ShopContext>(options => options.AddInterceptors(statements)),
        });
        await statements.Settle();

        var seen = await statements.Next(5);

        seen.ShouldAllBe(statement => statement.Contains("CASE WHEN EXISTS"));
    }
}
