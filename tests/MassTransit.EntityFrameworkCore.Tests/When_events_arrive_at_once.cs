using MassTransit;

namespace Podcast.Compat.Tests;

public sealed class When_events_arrive_at_once
{
    [Fact]
    public async Task events_on_a_locked_row_all_count_without_a_retry()
    {
        await using var tally = await TallyScenario.Start(r => r.ConcurrencyMode = ConcurrencyMode.Pessimistic);
        var id = NewId.NextGuid();
        await tally.Handle(new Started(id));

        (await tally.Handle([.. Enumerable.Range(0, 8).Select(_ => new Counted(id))])).ShouldBeEmpty();

        (await tally.Find(id)).ShouldNotBeNull().Count.ShouldBe(9);
        tally.Meeting.Seen.Count.ShouldBe(9, "each event was handled once");
    }

    [Fact]
    public async Task the_loser_of_an_optimistic_conflict_is_retried_and_counts()
    {
        await using var tally = await TallyScenario.Start(r => r.SetOptimisticConcurrency(useTransaction: false), meeting: 3);
        var id = NewId.NextGuid();
        await tally.Has(id);

        (await tally.Handle(new Counted(id), new Counted(id), new Counted(id))).ShouldBeEmpty();

        (await tally.Find(id)).ShouldNotBeNull().Count.ShouldBe(3);
        tally.Meeting.Seen.Count.ShouldBeGreaterThan(3, "there was a conflict");
    }

    [Fact]
    public async Task the_loser_of_two_first_events_is_retried_and_counts()
    {
        await using var tally = await TallyScenario.Start(r => r.SetOptimisticConcurrency(useTransaction: false), meeting: 2);
        var id = NewId.NextGuid();

        (await tally.Handle(new Started(id), new Started(id))).ShouldBeEmpty();

        (await tally.Find(id)).ShouldNotBeNull().Count.ShouldBe(2);
        tally.Meeting.Seen.Count.ShouldBe(3, "one of the two was inserted in vain");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task existing_saga_is_loaded_when_its_early_insert_conflicts(bool savepointsOfEf)
    {
        await using var tally = await TallyScenario.Start(_ => { }, autoSavepoints: savepointsOfEf);
        var id = NewId.NextGuid();

        (await tally.Handle(new Opened(id), new Opened(id), new Opened(id))).ShouldBeEmpty();

        (await tally.Find(id)).ShouldNotBeNull().Count.ShouldBe(3);
        tally.Meeting.Seen.Count.ShouldBe(3, "nobody had to be retried");
    }
}
