using MassTransit;

namespace Podcast.Compat.Tests;

public sealed class When_an_event_is_for_several_sagas
{
    [Theory]
    [InlineData(ConcurrencyMode.Pessimistic)]
    [InlineData(ConcurrencyMode.Optimistic)]
    public async Task all_that_match_are_handled_in_the_order_of_their_ids(ConcurrencyMode mode)
    {
        await using var tally = await TallyScenario.Start(r => r.ConcurrencyMode = mode);
        Guid[] ids = [.. Enumerable.Range(1, 5).Select(n => Guid.Parse($"{n}0000000-0000-0000-0000-000000000000"))];
        await tally.Database(db =>
        {
            foreach (var id in ids.Reverse())
            {
                db.Add(new Tally { CorrelationId = id, State = "Counting", Group = "ours" });
                db.SaveChanges();
            }

            db.Add(new Tally { CorrelationId = NewId.NextGuid(), State = "Counting", Group = "others" });
            return db.SaveChangesAsync();
        });

        (await tally.Handle(new CountedTogether("ours"))).ShouldBeEmpty();

        tally.Meeting.Seen.ShouldBe(ids);
        foreach (var id in ids)
            (await tally.Find(id)).ShouldNotBeNull().Count.ShouldBe(1);
    }

    [Fact]
    public async Task one_for_none_is_passed_over()
    {
        await using var tally = await TallyScenario.Start(_ => { });

        (await tally.Handle(new CountedTogether("nobody"))).ShouldBeEmpty();

        tally.Meeting.Seen.ShouldBeEmpty();
    }
}
