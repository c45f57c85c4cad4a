using MassTransit.EntityFrameworkCoreIntegration;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Podcast.Outbox.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Outbox.Tests;

public sealed class When_rows_grow_old
{
    [Theory, OnBoth]
    public async Task the_inbox_forgets_what_is_older_than_the_window(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        var (old, young) = (Guid.NewGuid(), Guid.NewGuid());
        await using (var first = await Shop.Open(database))
        {
            await first.Ask(context =>
            {
                Remember(context, old, TimeSpan.FromHours(2));
                Remember(context, young, TimeSpan.FromMinutes(1));
                for (var i = 0; i < 600; i++)
                    Remember(context, Guid.NewGuid(), TimeSpan.FromHours(3));
                return context.SaveChangesAsync();
            });
            await first.Stop();
        }

        await using var shop = await Shop.Open(database, new Plan
        {
            Options = options =>
            {
                options.DuplicateDetectionWindow = TimeSpan.FromHours(1);
                options.CleanupInterval = TimeSpan.FromMilliseconds(20);
            },
        });

        await Eventually.Holds(async () => await Count(shop) == 1, "all that is old is forgotten, in several bites");
        (await shop.Inbox(old)).ShouldBeEmpty();
        (await shop.Inbox(young)).ShouldHaveSingleItem();
    }

    [Theory, OnBoth]
    public async Task the_inbox_forgets_though_nothing_can_be_sent(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        var statements = new Statements { Refuses = statement => statement.Contains("CASE WHEN EXISTS") };
        await using var shop = await Shop.Open(database, new Plan
        {
            Bus = bus => bus.ConfigureDbContext<ShopContext>(options => options.AddInterceptors(statements)),
            Options = options => options.CleanupInterval = TimeSpan.FromMilliseconds(20),
        });

        await shop.Ask(context =>
        {
            Remember(context, Guid.NewGuid(), TimeSpan.FromHours(2));
            return context.SaveChangesAsync();
        });

        await Eventually.Holds(async () => await Count(shop) == 0, "what is old is forgotten");
    }

    [Theory, OnBoth]
    public async Task a_row_with_messages_is_kept_by_the_statement_itself(Db db)
    {
        await using var database = await TestDatabase.Create(db);

        // The shop's own cleanup, which begins when it opens, is to leave these rows alone.
        await using var shop = await Shop.Open(database, new Plan { Options = options => options.DuplicateDetectionWindow = TimeSpan.FromDays(1) });
        var busy = Guid.NewGuid();
        await shop.Ask(async context =>
        {
            var consumer = Remember(context, busy, TimeSpan.FromHours(2));
            Remember(context, Guid.NewGuid(), TimeSpan.FromHours(2));
            context.Add(new OutboxMessage
            {
                InboxMessageId = busy,
                InboxConsumerId = consumer,
                MessageId = Guid.NewGuid(),
                ContentType = "application/vnd.masstransit+json",
                MessageType = "urn:message:X",
                Body = "{}",
                SentTime = DateTime.UnixEpoch,
            });
            await context.SaveChangesAsync();

            var removed = await new OutboxStatements(context, TimeProvider.System).Forget(context, Now.AddHours(-1), 10, CancellationToken.None);

            removed.ShouldBe(1, "a foreign key would have refused the other");
            return 0;
        });
        (await shop.Inbox(busy)).ShouldHaveSingleItem();
    }

    [Theory, OnBoth]
    public async Task a_message_that_was_forgotten_counts_again(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(database, new Plan
        {
            Options = options =>
            {
                options.DuplicateDetectionWindow = TimeSpan.FromSeconds(1);
                options.CleanupInterval = TimeSpan.FromMilliseconds(20);
            },
        });
        var id = Guid.NewGuid();
        var messageId = await shop.Publish(new Order(id));
        await shop.IsDoneWith(messageId);
        await Eventually.Holds(async () => await shop.Inbox(messageId) is [], "it is forgotten");

        await shop.Publish(new Order(id), messageId);

        (await shop.Mailbox.Gets<Ordered>(x => x.Id == id, 2)).Count.ShouldBe(2);
    }

    private static DateTime Now => TimeProvider.System.GetUtcNow().UtcDateTime;

    private static Guid Remember(ShopContext context, Guid messageId, TimeSpan age)
    {
        var consumer = Guid.NewGuid();
        context.Add(new InboxState
        {
            MessageId = messageId,
            ConsumerId = consumer,
            Received = Now - age,
            Consumed = Now - age,
            Delivered = Now - age,
        });
        return consumer;
    }

    private static Task<int> Count(Shop shop) => shop.Ask(context => context.Set<InboxState>().CountAsync());
}
