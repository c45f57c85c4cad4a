using Podcast.Outbox.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Outbox.Tests;

public sealed class When_the_process_is_killed
{
    public static TheoryData<Db, string> Places => new()
    {
        { Db.Sqlite, CrashPoint.Delivered },
        { Db.Sqlite, CrashPoint.Committed },
        { Db.Sqlite, CrashPoint.Confirmed + "#3" },
        { Db.Postgres, CrashPoint.Committed },
        { Db.Postgres, CrashPoint.Confirmed },
    };

    [Theory, MemberData(nameof(Places))]
    public async Task nothing_is_lost_and_nothing_counts_twice(Db db, string place)
    {
        await using var database = await TestDatabase.Create(db);
        await using (await Shop.Open(database))
        {
            // Makes the tables.
        }

        var id = Guid.NewGuid();

        await CrashingHost.Dies(database, place, id);

        await using var shop = await Shop.Open(database, CrashingHost.Usual);
        await shop.Mailbox.Gets<Ordered>(x => x.Id == id, 2);
        foreach (var letter in shop.Mailbox.All<Ordered>().Where(letter => letter.Message.Id == id))
            await shop.IsDoneWith(letter.MessageId!.Value);
        await Eventually.Holds(async () => await shop.Notes(id, "ledger") >= 2 && await shop.Notes(id, "audit") >= 1, "all had its effect");
        (await shop.Notes(id)).ShouldBe(1);
        (await shop.Notes(id, "audit")).ShouldBe(1);
        (await shop.Notes(id, "ledger")).ShouldBe(2, "once for each of two messages");
    }
}
