using Podcast.Batch.Tests.Support;

namespace Podcast.Batch.Tests.Runs;

/// <summary><c>--episodes</c>, and the run is gone before its episodes have ended.</summary>
public sealed class When_episodes_outlive_a_run
{
    [Fact]
    public async Task what_ends_between_runs_is_heard_by_the_next()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(3);
        await using var pipeline = await Pipeline.Start(team, isHeld: true);
        await DispatchAndDie(team);

        await pipeline.Release(3);
        var resume = await team.Run("run", "--episodes", "--resume");

        resume.Lines[0].ShouldBe("Resuming 3 dispatched episodes...");
        resume.Lines[^1].ShouldBe("Done. 3 completed, 0 failed.");
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task results_of_a_send_that_was_not_recorded_are_counted(string database)
    {
        await using var team = await BatchScenario.Start(database);
        await team.Media(3);
        await using var pipeline = await Pipeline.Start(team, isHeld: true);
        await DispatchAndDie(team);

        // As if it had been killed while it sent the second one, whose episode was told of.
        await team.Execute("UPDATE media SET processing_status = 'pending' WHERE id = 2");
        await team.Execute("UPDATE podcast_batch_items SET state = 'claimed', sent_at = NULL WHERE item_id = '2'");
        await pipeline.Release(3);
        var run = await team.Run("run", "--episodes");

        run.Exit.ShouldBe(0, run.Everything);
        (await team.Rows()).ShouldAllBe(row => row.ProcessingStatus == "completed" && row.OutputUrl != null);
        pipeline.Uploaded.Select(episode => episode.EpisodeId).Distinct().Count().ShouldBe(3);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task what_was_given_up_may_end_well_after_all(string database)
    {
        await using var team = await BatchScenario.Start(database);
        await team.Media(2);
        await using var pipeline = await Pipeline.Start(team, isHeld: true);
        (await team.Run("run", "--episodes", "--deadline", "1s")).Lines[^1].ShouldBe("Done. 0 completed, 2 failed.");

        // The third one ends when the run has told of the others, and keeps it from ending before.
        await team.Media("https://cdn.example/third.mov");
        await using var run = team.Start("run", "--episodes");
        await pipeline.Takes(3);
        foreach (var episode in pipeline.Uploaded.Where(episode => episode.Title != "third"))
            await pipeline.End(episode);
        await run.Says("Media #1, which was given up, completed after all.");
        await run.Says("Media #2, which was given up, completed after all.");
        await pipeline.End(pipeline.Uploaded.Single(episode => episode.Title == "third"));

        (await run.Ends()).Exit.ShouldBe(0);
        (await team.Rows()).ShouldAllBe(row => row.ProcessingStatus == "completed" && row.OutputUrl != null);
    }

    private static async Task DispatchAndDie(BatchScenario team)
    {
        await using var run = team.Start("run", "--episodes");
        await run.Says("Dispatched 3 episodes.");
        run.Kill();
        await run.Ends();
    }
}
