using Podcast.Batch.Data;
using Podcast.Batch.Tests.Support;

namespace Podcast.Batch.Tests.Data;

public sealed class What_is_past_its_deadline
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task is_no_task_that_was_never_polled(string database)
    {
        await using var team = await BatchScenario.Start(database);
        await team.Media(3);
        await using var backlog = await Backlog.Open(
            team.Database, new TableSettings(), OpenFor.Working, TimeProvider.System, CancellationToken.None);
        var me = Runner.Me();
        var claims = new Claims(backlog, me, "batch-media-abc123-", Via.Task);
        var inFlight = new InFlightItems(backlog, me);
        var taken = await claims.Take(await new PendingRows(backlog).Next(3, CancellationToken.None), CancellationToken.None);
        await claims.Sent(taken[0], "task_once");
        await claims.Sent(await claims.Again(taken[1]), "task_twice");
        await claims.Sent(await claims.Again(await claims.Again(taken[2])), "task_thrice");
        var later = TimeProvider.System.GetUtcNow().AddHours(1);

        (await Expired(asked: true)).ShouldBeEmpty();
        (await Expired(asked: false)).ShouldBe(["task_once", "task_twice", "task_thrice"]);

        await inFlight.Seen(["2"], later, CancellationToken.None);
        (await Expired(asked: true)).ShouldBe(["task_twice"]);

        async Task<IEnumerable<string>> Expired(bool asked) =>
            (await inFlight.SentBefore(later, asked, CancellationToken.None)).Select(item => item.TaskId);
    }
}
