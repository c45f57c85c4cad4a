using Podcast.Batch.Tests.Support;
using Podcast.Contracts;
using Podcast.Testing;

namespace Podcast.Batch.Tests.Runs;

/// <summary><c>--episodes</c>, after <c>retry --failed</c>.</summary>
public sealed class When_episodes_are_sent_again
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task corrected_address_makes_another_episode(string database)
    {
        await using var team = await BatchScenario.Start(database);
        await team.Media("https://cdn.example/bad.mov");
        await using var pipeline = await Pipeline.Start(team);
        (await team.Run("run", "--episodes")).Lines[^1].ShouldBe("Done. 0 completed, 1 failed.");

        await team.Execute("UPDATE media SET url = 'https://cdn.example/good.mov'");
        await team.Run("retry", "--failed");
        (await team.Run("run", "--episodes")).Lines[^1].ShouldBe("Done. 1 completed, 0 failed.");

        var good = pipeline.Uploaded.Single(episode => episode.Title == "good");
        good.EpisodeId.ShouldNotBe(pipeline.Uploaded.First(episode => episode.Title == "bad").EpisodeId);
        (await team.Rows())[0].OutputUrl.ShouldBe($"https://made.example/{good.EpisodeId}.mp4");
    }

    [Theory]
    [InlineData("--resume")]
    [InlineData(null)]
    public async Task output_that_could_not_be_stored_is_asked_for(string? resume)
    {
        await using var team = await BatchScenario.Start();
        await team.Media("https://cdn.example/one.mov");
        await using var pipeline = await Pipeline.Start(team);
        await team.Run("run", "--episodes");
        await team.Execute("UPDATE media SET processing_status = 'failed', output_url = NULL");
        await team.Execute("UPDATE podcast_batch_items SET state = 'settled', cause = 'storage', error = 'too long'");

        await (resume is null ? team.Run("retry", "--failed", "--anew") : team.Run("retry", "--failed"));
        var run = await (resume is null ? team.Run("run", "--episodes") : team.Run("run", "--episodes", resume));

        run.Lines[^1].ShouldBe("Done. 1 completed, 0 failed.", run.Everything);
        (await team.Rows())[0].OutputUrl.ShouldBe($"https://made.example/{pipeline.Uploaded[0].EpisodeId}.mp4");
        pipeline.Uploaded.Select(episode => episode.EpisodeId).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task cancelled_one_ends_at_once_again()
    {
        await using var team = await BatchScenario.Start();
        await team.Media("https://cdn.example/one.mov");
        await using var pipeline = await Pipeline.Start(team, isHeld: true);
        await using (var first = team.Start("run", "--episodes"))
        {
            await Eventually.Holds(() => pipeline.Uploaded.Count == 1, "it is told of");
            await pipeline.Become(EpisodeStatus.Cancelled, "one");
            await first.Ends();
        }

        await team.Run("retry", "--failed");
        var run = await team.Run("run", "--episodes");

        run.Error.ShouldContain("Media #1 failed: A person says so.");
        run.Lines[^1].ShouldBe("Done. 0 completed, 1 failed.");
    }
}
