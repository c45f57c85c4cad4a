using MassTransit;

namespace Podcast.Compat.Tests;

public sealed class When_an_event_is_for_several_sagas
{
    [Theory]
    [InlineData(ConcurrencyMode.Pessimistic)]
    [InlineData(ConcurrencyMode.Optimistic)]
    public async Task all_that_match_are_handled(ConcurrencyMode mode)
    {
        await using var tally = await TallyScenario.Start(r => r.ConcurrencyMode = mode);
        Guid[] ids = [NewId.NextGuid(), NewId.NextGuid(), NewId.NextGuid()];
        var other = NewId.NextGuid();
        foreach (var id in ids)
            await tally.Has(id, "ours");
        await tally.Has(other, "others");

        (await tally.Handle(new CountedTogether("ours"))).ShouldBeEmpty();

        tally.Meeting.Seen.ShouldBe(ids, ignoreOrder: true);
        foreach (var id in ids)
            (await tally.Find(id)).ShouldNotBeNull().Count.ShouldBe(1);
        (await tally.Find(other)).ShouldNotBeNull().Count.ShouldBe(0);
    }

    [Fact]
    public async Task one_for_none_is_passed_over()
    {
        await using var tally = await TallyScenario.Start(_ => { });

        (await tally.Handle(new CountedTogether("nobody"))).ShouldBeEmpty();

        tally.Meeting.Seen.ShouldBeEmpty();
    }
}
