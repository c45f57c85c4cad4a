using Microsoft.Extensions.DependencyInjection;
using Podcast.Outbox.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Outbox.Tests;

/// <summary>Of two processes on one PostgreSQL. On SQLite there is one machine, and so one clock.</summary>
public sealed class When_clocks_differ
{
    public static TheoryData<TimeSpan, TimeSpan> Ahead => new()
    {
        { TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(35) },
        { TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(20) },
    };

    [Theory, MemberData(nameof(Ahead))]
    public async Task what_another_process_sends_is_left_to_it(TimeSpan ahead, TimeSpan leftoverAge)
    {
        await using var database = await TestDatabase.Create(Db.Postgres);
        await using var sending = await Shop.Open(database);
        var statements = new Statements();
        await using var other = await Shop.Open(database, new Plan
        {
            Ahead = ahead,
            Options = options => options.LeftoverAge = leftoverAge,
            Bus = bus => bus.ConfigureDbContext<ShopContext>(options => options.AddInterceptors(statements)),
        });
        await statements.Settle();

        sending.Broker.Hang();
        await sending.Publish(new Order(Guid.NewGuid()));
        await Eventually.Holds(() => sending.Broker.Attempts.Count > 0, "the order is committed, and its message on the way");
        await statements.Next(5);

        other.Broker.Attempts.ShouldBeEmpty();
    }

    [Fact]
    public async Task what_a_process_with_a_late_clock_sends_is_left_to_it()
    {
        await using var database = await TestDatabase.Create(Db.Postgres);
        await using var sending = await Shop.Open(database, new Plan { Ahead = TimeSpan.FromMinutes(-30) });
        var statements = new Statements();
        await using var other = await Shop.Open(
            database, new Plan { Bus = bus => bus.ConfigureDbContext<ShopContext>(options => options.AddInterceptors(statements)) });
        await statements.Settle();

        sending.Broker.Hang();
        await sending.InScope(async (context, bus) =>
        {
            await bus.Publish(new Ordered(Guid.NewGuid(), 1));
            await context.SaveChangesAsync();
        });
        await Eventually.Holds(() => sending.Broker.Attempts.Count > 0, "the message is committed, and on its way");
        await statements.Next(5);

        other.Broker.Attempts.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(-30)]
    [InlineData(30)]
    public async Task what_a_process_left_is_sent_when_it_is_old(int minutes)
    {
        await using var database = await TestDatabase.Create(Db.Postgres);
        var id = Guid.NewGuid();
        await using (var dying = await Shop.Open(database, new Plan
        {
            Ahead = TimeSpan.FromMinutes(minutes),
            Options = options => options.SendTimeout = TimeSpan.FromMilliseconds(20),
        }))
        {
            dying.Broker.Hang();
            await dying.IsDoneWith(await dying.Publish(new Order(id)));
            await dying.Stop();
        }

        await using var shop = await Shop.Open(database, new Plan
        {
            Ahead = TimeSpan.FromMinutes(-minutes),
            Options = options => options.LeftoverAge = TimeSpan.FromMilliseconds(50),
        });

        await shop.Mailbox.Gets<Ordered>(x => x.Id == id);
    }

    [Theory]
    [InlineData(0, 31)]
    [InlineData(-31, 0)]
    [InlineData(-31, 31)]
    public async Task a_duplicate_is_dropped_though_another_process_cleans_up(int consumer, int cleaner)
    {
        await using var database = await TestDatabase.Create(Db.Postgres);
        var (id, statements) = (Guid.NewGuid(), new Statements());
        await using var first = await Shop.Open(database, new Plan { Ahead = TimeSpan.FromMinutes(consumer) });
        var messageId = await first.Publish(new Order(id));
        await Eventually.Holds(
            async () => await first.Inbox(messageId) is { Length: 2 } inbox && inbox.All(row => row.Delivered is not null), "the inbox knows");

        await using var second = await Shop.Open(database, new Plan
        {
            Ahead = TimeSpan.FromMinutes(cleaner),
            Options = options => options.CleanupInterval = TimeSpan.FromMilliseconds(20),
            Bus = bus => bus.ConfigureDbContext<ShopContext>(options => options.AddInterceptors(statements)),
        });
        await statements.Says("DELETE FROM shop.\"InboxState\"", 3);
        await second.Publish(new Order(id), messageId);
        await second.IsDoneWith(messageId);

        (await second.Notes(id, "audit")).ShouldBe(1);
        second.Script.AttemptsOf(id).ShouldBe(0);
    }

    [Theory]
    [InlineData(30, 0)]
    [InlineData(0, -30)]
    public async Task what_was_set_aside_is_tried_at_its_time(int setter, int retrier)
    {
        await using var database = await TestDatabase.Create(Db.Postgres);
        var id = Guid.NewGuid();
        await using (var refused = await Shop.Open(database, new Plan { Ahead = TimeSpan.FromMinutes(setter) }))
        {
            refused.Broker.Refuses = _ => true;
            await refused.InScope(async (context, bus) =>
            {
                await bus.Publish(new Ordered(id, 1));
                await context.SaveChangesAsync();
            });
            await Eventually.Holds(async () => await refused.SetAside() is [_], "it is aside");
        }

        await using var shop = await Shop.Open(database, new Plan { Ahead = TimeSpan.FromMinutes(retrier) });

        await shop.Mailbox.Gets<Ordered>(x => x.Id == id);
    }
}
