namespace Podcast.FaultRunner.Tests.Fixtures;

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
    public async Task lost_webhooks_and_stale_reads_still_let_the_episode_end()
    {
        await scene.Provider.Behaves(new { drop_percent = 100, stale_read_ms = 4000 });

        var episode = await scene.Uploads();

        await scene.EndsWell(episode);
        (await scene.History(episode)).ShouldNotContain(line => line.What == "task_failed");
    }

    [Fact]
    public async Task webhooks_sent_without_a_gateway_are_taken_once_it_is_back()
    {
        await scene.Provider.Behaves(new { });
        await scene.Kill("gateway");
        var delivered = await scene.Provider.Count("delivered");

        await scene.EndsWell(await scene.Uploads());
        await scene.Start("gateway");

        await scene.Provider.Counts("delivered", delivered + 1);
    }

    [Fact]
    public async Task success_stands_against_reordered_or_contradicting_webhooks()
    {
        await scene.Provider.Behaves(new { early_percent = 100, reorder_percent = 100, contradict_percent = 100, forge_percent = 100 });

        var episode = await scene.Uploads();

        await scene.EndsWell(episode);
        (await scene.History(episode)).ShouldNotContain(line => line.What == "task_failed");
    }
}
