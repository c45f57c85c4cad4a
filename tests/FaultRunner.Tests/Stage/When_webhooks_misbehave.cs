namespace Podcast.FaultRunner.Tests.Stage;

[Trait("Length", "minutes")]
[Collection(OnTheScene.Name)]
public sealed class When_webhooks_misbehave(Scene scene)
{
    [Fact]
    public async Task a_hundred_copies_at_once_are_one_line_of_history()
    {
        await scene.Provider.Behaves(new { duplicate_percent = 100, duplicate_copies = 99 });
        var taken = await scene.Provider.Count("delivered");

        await scene.EndsWell(await scene.Uploads());

        await scene.Provider.Counts("delivered", taken + 50); // a busy machine may answer some with 503
    }

    [Fact]
    public async Task and_never_come_while_reads_lag_behind_the_episode_ends_all_the_same()
    {
        await scene.Provider.Behaves(new { drop_percent = 100, stale_read_ms = 4000 });

        var episode = await scene.Uploads();

        await scene.EndsWell(episode);
        (await scene.History(episode)).ShouldNotContain(line => line.What == "task_failed");
    }

    [Fact]
    public async Task and_find_no_gateway_they_are_taken_once_there_is_one()
    {
        await scene.Provider.Behaves(new { });
        await scene.Kill("gateway");
        var delivered = await scene.Provider.Count("delivered");

        await scene.EndsWell(await scene.Uploads());
        await scene.Start("gateway");

        await scene.Provider.Counts("delivered", delivered + 1);
    }

    [Fact]
    public async Task by_order_and_by_contradicting_each_other_the_success_stands()
    {
        await scene.Provider.Behaves(new { early_percent = 100, reorder_percent = 100, contradict_percent = 100, forge_percent = 100 });

        var episode = await scene.Uploads();

        await scene.EndsWell(episode);
        (await scene.History(episode)).ShouldNotContain(line => line.What == "task_failed");
    }
}
