using Podcast.Batch.Data;
using Podcast.Batch.Tests.Support;

namespace Podcast.Batch.Tests.Data;

public sealed class What_is_claimed
{
    [Theory]
    [InlineData("sqlite", "completed")]
    [InlineData("postgres", "completed")]
    [InlineData("postgres", "dispatched")]
    public async Task is_not_what_has_ended_since_it_was_read(string database, string status)
    {
        await using var team = await BatchScenario.Start(database);
        await team.Media(2);
        await using var backlog = await Backlog.Open(
            team.Database, new TableSettings(), OpenFor.Working, TimeProvider.System, CancellationToken.None);
        var claims = new Claims(backlog, Runner.Me(), "batch-media-abc123-", Via.Episode);
        var read = await new PendingRows(backlog).Next(2, CancellationToken.None);
        await team.Execute("UPDATE media SET processing_status = @status WHERE id = 1", new { status });

        (await claims.Take(read, CancellationToken.None)).Select(claim => claim.Id).ShouldBe(["2"]);

        (await team.Value<long>("SELECT count(*) FROM podcast_batch_items")).ShouldBe(1);
    }
}
