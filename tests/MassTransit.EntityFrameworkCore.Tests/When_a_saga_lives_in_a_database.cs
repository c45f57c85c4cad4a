using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Podcast.Compat.Tests;

public sealed class When_a_saga_lives_in_a_database
{
    [Fact]
    public async Task it_is_created_loaded_updated_and_removed()
    {
        await using var tally = await TallyScenario.Start(r => r.ConcurrencyMode = ConcurrencyMode.Pessimistic);
        var id = NewId.NextGuid();

        (await tally.Handle(new Started(id, "a"))).ShouldBeEmpty();
        (await tally.Find(id)).ShouldNotBeNull().State.ShouldBe("Counting");

        (await tally.Handle(new Counted(id))).ShouldBeEmpty();
        (await tally.Find(id)).ShouldNotBeNull().Count.ShouldBe(2);

        (await tally.Handle(new Ended(id))).ShouldBeEmpty();
        (await tally.Find(id)).ShouldBeNull();
    }

    [Fact]
    public async Task a_change_inside_of_a_json_column_is_saved()
    {
        await using var tally = await TallyScenario.Start(_ => { });
        var id = NewId.NextGuid();

        await tally.Handle(new Started(id));
        await tally.Handle(new Counted(id, "one \"quoted\""));
        await tally.Handle(new Counted(id, "zwei – ü"));

        (await tally.Find(id)).ShouldNotBeNull().Notes.ShouldBe(["one \"quoted\"", "zwei – ü"]);
    }

    [Fact]
    public async Task user_writes_to_the_scopes_context_are_saved_with_the_saga()
    {
        await using var tally = await TallyScenario.Start(_ => { });
        var id = NewId.NextGuid();
        await tally.Handle(new Started(id));

        (await tally.Handle(new Filed(id))).ShouldBeEmpty();

        (await tally.Database(db => db.Receipts.CountAsync(receipt => receipt.Tally == id))).ShouldBe(1);
        (await tally.Find(id)).ShouldNotBeNull().Count.ShouldBe(101);
    }

    [Fact]
    public async Task nothing_of_a_failed_event_is_saved()
    {
        await using var tally = await TallyScenario.Start(_ => { });
        var id = NewId.NextGuid();
        await tally.Handle(new Started(id));

        (await tally.Handle(new Filed(id, Fail: true))).ShouldHaveSingleItem().Message.ShouldContain("as asked");

        (await tally.Database(db => db.Receipts.CountAsync())).ShouldBe(0);
        (await tally.Find(id)).ShouldNotBeNull().Count.ShouldBe(1);
    }

    [Fact]
    public async Task it_can_be_read_outside_of_a_message()
    {
        await using var tally = await TallyScenario.Start(_ => { });
        var (first, second) = (NewId.NextGuid(), NewId.NextGuid());
        await tally.Handle(new Started(first, "a"), new Started(second, "b"));

        (await tally.Service<ILoadSagaRepository<Tally>>().Load(first)).Group.ShouldBe("a");
        (await tally.Service<ILoadSagaRepository<Tally>>().Load(NewId.NextGuid())).ShouldBeNull();
        (await tally.Service<IQuerySagaRepository<Tally>>().Find(new MassTransit.Saga.SagaQuery<Tally>(x => x.Group == "b"))).ShouldBe([second]);
    }
}
