using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Podcast.Outbox.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Outbox.Tests;

public sealed class When_there_are_several_outboxes
{
    [Theory, OnBoth]
    public async Task several_saves_of_a_scope_are_several_outboxes(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(database, Plan.NoSweep);
        var id = Guid.NewGuid();

        await shop.InScope(async (context, bus) =>
        {
            for (var step = 1; step <= 3; step++)
            {
                await bus.Publish(new Ordered(id, step));
                await context.SaveChangesAsync();
                await shop.Mailbox.Gets<Ordered>(x => x.Id == id, step);
                await shop.IsEmpty();
            }
        });
    }

    [Theory, OnBoth]
    public async Task outbox_of_the_context_in_the_scope_stores_the_message(Db db)
    {
        await using var database = await TestDatabase.Create(db);
        await using var other = await TestDatabase.Create(db);
        await using var shop = await Shop.Open(database, Plan.NoSweep with
        {
            Bus = bus =>
            {
                bus.AddDbContext<OtherContext>(options => TestDatabase.Use(options, db, other.ConnectionString));
                bus.AddLeanOutbox<OtherContext>(Plan.NoSweep.Options);
            },
        });
        var (here, there) = (Guid.NewGuid(), Guid.NewGuid());

        await shop.InScope(async (context, bus) =>
        {
            await bus.Publish(new Ordered(here, 1));
            await context.SaveChangesAsync();
        });
        await using (var scope = shop.Services.CreateAsyncScope())
        {
            var context = scope.ServiceProvider.GetRequiredService<OtherContext>();
            await context.Database.EnsureCreatedAsync();
            await scope.ServiceProvider.GetRequiredService<IPublishEndpoint>().Publish(new Ordered(there, 1));
            await context.SaveChangesAsync();
        }

        await shop.Mailbox.Gets<Ordered>(x => x.Id == here);
        await shop.Mailbox.Gets<Ordered>(x => x.Id == there);
        await using (var scope = shop.Services.CreateAsyncScope())
        {
            _ = scope.ServiceProvider.GetRequiredService<OtherContext>();
            _ = scope.ServiceProvider.GetRequiredService<ShopContext>();
            var bus = scope.ServiceProvider.GetRequiredService<IPublishEndpoint>();
            (await Should.ThrowAsync<InvalidOperationException>(() => bus.Publish(new Ordered(here, 2)))).Message
                .ShouldContain("OtherContext and ShopContext");
        }
    }

    [Fact]
    public async Task two_instances_share_the_work_and_keep_the_order()
    {
        await using var database = await TestDatabase.Create(Db.Postgres);
        await using var first = await Shop.Open(database, new Plan { Options = options => options.BatchSize = 3 });
        await using var second = await Shop.Open(database, new Plan { Options = options => options.BatchSize = 3 });
        Guid[] ids = [.. Enumerable.Range(0, 40).Select(_ => Guid.NewGuid())];

        await Task.WhenAll(ids.Select((id, index) => (index % 2 == 0 ? first : second).InScope(async (context, bus) =>
        {
            for (var step = 1; step <= 6; step++)
                await bus.Publish(new Ordered(id, step));
            await context.SaveChangesAsync();
        })));

        await Eventually.Holds(
            () => first.Mailbox.Of<Ordered>(_ => true).Count + second.Mailbox.Of<Ordered>(_ => true).Count >= 240, "all have left");
        await first.IsEmpty();
        foreach (var shop in new[] { first, second })
        {
            var letters = shop.Mailbox.All<Ordered>().ToDictionary(x => x.MessageId!.Value, x => x.Message);
            var left = shop.Broker.Accepted.Select(messageId => letters[messageId]).ToList();
            left.Count.ShouldBeGreaterThan(0, "both worked");
            foreach (var outbox in left.GroupBy(x => x.Id))
                outbox.Select(x => x.Step).ShouldBe(Enumerable.Range(1, 6), "one instance sent all of an outbox, in order");
        }
    }

    private sealed class OtherContext(DbContextOptions<OtherContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddLeanOutboxEntities();
    }
}
