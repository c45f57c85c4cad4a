using Podcast.Batch.Tests.Support;
using Podcast.Contracts;

namespace Podcast.Batch.Tests.Runs;

/// <summary><c>--episodes</c>, and those of an earlier run wait for a person: they keep no place.</summary>
public sealed class When_episodes_are_held
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task episodes_held_in_an_earlier_run_take_no_in_flight_place(string database)
    {
        await using var team = await BatchScenario.Start(database);
        await team.Media(2);
        await using var pipeline = await Pipeline.Start(team, isHeld: true);
        await using (var first = team.Start("run", "--episodes", "--in-flight", "2"))
        {
            await pipeline.Takes(2);
            await pipeline.Become(EpisodeStatus.Held, "1");
            await pipeline.Become(EpisodeStatus.Held, "2");
            (await first.Ends()).Error.ShouldContain("2 episodes are held until a person has looked at them");
        }

        await TheNextOneIsSent(team, pipeline);
    }

    [Fact]
    public async Task what_is_held_between_two_runs_keeps_no_place()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(2);
        await using var pipeline = await Pipeline.Start(team, isHeld: true);
        await using (var first = team.Start("run", "--episodes", "--in-flight", "2"))
        {
            await pipeline.Takes(2);
            first.Kill();
            await first.Ends();
        }

        await pipeline.Become(EpisodeStatus.Held, "1");
        await pipeline.Become(EpisodeStatus.Held, "2");

        await TheNextOneIsSent(team, pipeline);
    }

    [Fact]
    public async Task what_is_cancelled_between_two_runs_is_heard()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(1);
        await using var pipeline = await Pipeline.Start(team, isHeld: true);
        await HeldInARun(team, pipeline);

        await pipeline.Become(EpisodeStatus.Cancelled, "1");

        (await team.Run("run", "--episodes", "--resume", "--grace", "4m")).Lines[^1].ShouldBe("Done. 0 completed, 1 failed.");
        (await team.Run("status")).Out.ShouldContain("1 episode_cancelled");
    }

    [Fact]
    public async Task what_goes_on_between_two_runs_is_waited_for()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(1);
        await using var pipeline = await Pipeline.Start(team, isHeld: true);
        await HeldInARun(team, pipeline);

        await pipeline.Become(EpisodeStatus.Processing, "1");
        await pipeline.End(pipeline.Uploaded.Single());

        (await team.Run("run", "--episodes", "--resume", "--grace", "4m")).Lines[^1].ShouldBe("Done. 1 completed, 0 failed.");
    }

    [Fact]
    public async Task held_episodes_end_a_resumed_run_with_exit_code_1()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(1);
        await using var pipeline = await Pipeline.Start(team, isHeld: true);
        await HeldInARun(team, pipeline);

        var resume = await team.Run("run", "--episodes", "--resume");

        resume.Exit.ShouldBe(1, resume.Everything);
        resume.Error.ShouldContain("1 episodes are held until a person has looked at them");
    }

    [Fact]
    public async Task the_queue_that_hears_of_it_forgets_and_is_never_full()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(1);
        await using var pipeline = await Pipeline.Start(team);

        (await team.Run("run", "--episodes")).Exit.ShouldBe(0);

        var arguments = (await pipeline.Queues("-changes")).ShouldHaveSingleItem().GetProperty("arguments");
        arguments.GetProperty("x-message-ttl").GetInt64().ShouldBe(86_400_000);
        arguments.EnumerateObject().Select(argument => argument.Name)
            .ShouldNotContain(name => name.StartsWith("x-max-length") || name.StartsWith("x-dead-letter"));
    }

    private static async Task HeldInARun(BatchScenario team, Pipeline pipeline)
    {
        await using var run = team.Start("run", "--episodes");
        await pipeline.Takes(1);
        await pipeline.Become(EpisodeStatus.Held, "1");
        (await run.Ends()).Exit.ShouldBe(1);
    }

    private static async Task TheNextOneIsSent(BatchScenario team, Pipeline pipeline)
    {
        await team.Media("https://cdn.example/new.mov");
        await using var second = team.Start("run", "--episodes", "--in-flight", "2");
        await pipeline.Takes(3);
        await pipeline.End(pipeline.Uploaded.Single(episode => episode.Title == "new"));

        var outcome = await second.Ends();
        outcome.Error.ShouldContain(
            "2 episodes are held until a person has looked at them; the others have ended.", Case.Sensitive, outcome.Everything);
        (await team.Rows()).Select(row => row.ProcessingStatus).ShouldBe(["dispatched", "dispatched", "completed"]);
    }
}
