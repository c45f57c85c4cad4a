using Podcast.Batch.Tests.Support;
using Podcast.Testing;

namespace Podcast.Batch.Tests.Runs;

/// <summary><c>--episodes</c>, and no episode is made.</summary>
public sealed class When_items_cannot_become_episodes
{
    [Fact]
    public async Task items_that_may_have_a_task_do_not_become_episodes()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(1);
        team.Emulator.Chaos = new Emulators.Ittybit.Chaos.ChaosDial { ServerErrorPercent = 100, ServerErrorAfterAccept = true };
        await team.Run("run", "--patience", "1s");
        await using var pipeline = await Pipeline.Start(team);

        var run = await team.Run("run", "--episodes");

        run.Exit.ShouldBe(1, run.Everything);
        run.Error.ShouldContain("Media #1 is left as it is: an earlier run may have made a task of it: run without --episodes first.");
        pipeline.Uploaded.ShouldBeEmpty();
    }

    [Fact]
    public async Task run_without_a_queue_for_episodes_ends_and_loses_nothing()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(3);
        await using var broker = await RabbitMqServer.CreateVirtualHost();
        team.Set("ConnectionStrings:RabbitMq", broker.ConnectionString);

        var run = await team.Run("run", "--episodes");

        run.Exit.ShouldBe(1);
        run.Error.ShouldContain("No queue takes episodes");
        (await team.Rows()).ShouldAllBe(row => row.ProcessingStatus == "pending");
    }

    [Fact]
    public async Task a_broker_that_is_not_named_is_asked_for()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(1);

        var run = await team.Run("run", "--episodes");

        run.Exit.ShouldBe(2);
        run.Error.ShouldContain("ConnectionStrings__RabbitMq");
    }
}
