using Podcast.Batch.Tests.Support;
using Podcast.Contracts;
using Podcast.Testing;

namespace Podcast.Batch.Tests.Runs;

/// <summary><c>--episodes</c>, with a real RabbitMQ and something that behaves like the orchestrator on it.</summary>
public sealed class When_items_go_through_the_pipeline
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task item_becomes_one_backlog_episode_and_ends_with_it(string database)
    {
        await using var team = await BatchScenario.Start(database);
        await team.Media("https://cdn.example/Pilot%20one.mov", "https://cdn.example/bad.mov");
        await using var pipeline = await Pipeline.Start(team);

        var run = await team.Run("run", "--episodes", "--owner", "show-7");

        run.Exit.ShouldBe(1, run.Everything);
        run.Lines.ShouldContain("Dispatched 2 episodes. Waiting for results...");
        run.Lines[^1].ShouldBe("Done. 1 completed, 1 failed.");
        var pilot = pipeline.Uploaded.Single(episode => episode.Title == "Pilot one");
        pilot.Priority.ShouldBe(EpisodePriority.Backlog);
        pilot.OwnerId.ShouldBe("show-7");
        pilot.Source.Url.ShouldBe(new Uri("https://cdn.example/Pilot%20one.mov"));
        var rows = await team.Rows();
        rows[0].OutputUrl.ShouldBe($"https://made.example/{pilot.EpisodeId}.mp4");
        rows[0].IttybitTaskId.ShouldBeNull();
        rows[1].ProcessingStatus.ShouldBe("failed");
        (await team.Run("status")).Out.ShouldContain("1 episode_failed, such as: the source is broken");
        team.Emulator.Ittybit.Totals.Requests.ShouldBe(0);

        await team.Run("retry", "--failed");
        (await team.Run("run", "--episodes")).Lines[^1].ShouldBe("Done. 0 completed, 1 failed.");
        pipeline.Uploaded.Select(episode => episode.EpisodeId).Distinct().Count().ShouldBe(2);
        pipeline.Retried.Single().EpisodeId.ShouldBe(pipeline.Uploaded.Single(episode => episode.Title == "bad" && episode.OwnerId == "show-7").EpisodeId);
    }

    [Fact]
    public async Task only_so_many_are_in_it_at_once()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(9);
        await using var pipeline = await Pipeline.Start(team, isHeld: true);
        await using var run = team.Start("run", "--episodes", "--in-flight", "4");

        for (var ended = 0; ended < 9; ended++)
        {
            var expected = Math.Min(9, ended + 4);
            await Eventually.Holds(() => pipeline.Uploaded.Count >= expected, $"{expected} were told of");
            pipeline.Uploaded.Count.ShouldBe(expected);
            await pipeline.End(pipeline.Uploaded[ended]);
        }

        (await run.Ends()).Lines[^1].ShouldBe("Done. 9 completed, 0 failed.");
    }

    [Fact]
    public async Task held_and_cancelled_episodes_free_places_and_are_reported()
    {
        await using var team = await BatchScenario.Start();
        await team.Media("https://cdn.example/one.mov", "https://cdn.example/two.mov", "https://cdn.example/three.mov", "https://cdn.example/four.mov");
        await using var pipeline = await Pipeline.Start(team, isHeld: true);
        await using var run = team.Start("run", "--episodes", "--in-flight", "2");
        await Eventually.Holds(() => pipeline.Uploaded.Count == 2, "two are told of");

        await pipeline.Become(EpisodeStatus.Held, "one");
        await pipeline.Become(EpisodeStatus.Cancelled, "two");
        await Eventually.Holds(() => pipeline.Uploaded.Count == 4, "the others are told of");
        await pipeline.End(pipeline.Uploaded.Single(episode => episode.Title == "three"));
        await pipeline.End(pipeline.Uploaded.Single(episode => episode.Title == "four"));

        var outcome = await run.Ends();
        outcome.Exit.ShouldBe(1, outcome.Everything);
        outcome.Error.ShouldContain("Stopped. 1 episodes are held until a person has looked at them; the others have ended. 1 dispatched episodes are at work");
        (await team.Rows()).Select(row => row.ProcessingStatus).ShouldBe(["dispatched", "failed", "completed", "completed"]);
        (await team.Run("status")).Out.ShouldContain("1 episode_cancelled");
    }

    [Fact]
    public async Task a_plan_of_episodes_is_applied_as_episodes()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(2);
        var plan = await team.Run("plan", "--episodes", "--out", team.Files["plan.jsonl"]);
        plan.Out.ShouldStartWith("Planned 2 items (episodes)");
        await using var pipeline = await Pipeline.Start(team);

        var apply = await team.Run("apply", team.Files["plan.jsonl"], "--owner", "show-7");

        apply.Lines[^1].ShouldBe("Done. 2 completed, 0 failed.", apply.Everything);
        pipeline.Uploaded.ShouldAllBe(episode => episode.OwnerId == "show-7" && episode.Priority == EpisodePriority.Backlog);
        team.Emulator.Ittybit.Totals.Requests.ShouldBe(0);
    }
}
