using Podcast.Testing;

namespace Podcast.FaultRunner.Tests.Fixtures;

[Trait("Length", "minutes")]
[Collection(OnTheScene.Name)]
public sealed class When_processes_die(Scene scene)
{
    [Fact]
    public async Task worker_killed_before_its_request_is_done_makes_one_task()
    {
        await scene.Provider.Behaves(new { answer_delay_ms = 60_000 });
        var asked = await scene.Provider.Count("create_attempts");
        var episode = await scene.Uploads();
        await scene.Provider.Counts("create_attempts", asked + 1);

        await scene.Kill("processing");
        await scene.Provider.Behaves(new { });
        await scene.Start("processing");

        await scene.EndsWell(episode);
    }

    [Fact]
    public async Task a_worker_after_its_request_was_accepted_the_task_is_found()
    {
        await scene.Provider.Behaves(new { timeout_after_accept_percent = 100, timeout_after_accept_hold_ms = 60_000, answers_of = "creates" });
        var made = await scene.Provider.Count("tasks");
        var episode = await scene.Uploads();
        await scene.Provider.Counts("tasks", made + 1);

        await scene.Kill("processing");
        await scene.Provider.Behaves(new { });
        await scene.Start("processing");

        await scene.EndsWell(episode);
    }

    [Fact]
    public async Task a_gateway_with_webhooks_in_hand_they_come_again()
    {
        await scene.Provider.Behaves(new { });
        foreach (var gateway in scene.Of("gateway"))
            gateway.Lines!.Broker.Cut();
        var made = await scene.Provider.Count("tasks");
        var episode = await scene.Uploads();
        await scene.Provider.Counts("tasks", made + 1);
        await scene.Provider.Counts("sending", 1);

        await scene.Kill("gateway");
        foreach (var gateway in scene.Of("gateway"))
            gateway.Lines!.Broker.Mend();
        await scene.Start("gateway");

        await scene.EndsWell(episode);
    }

    [Fact]
    public async Task kill_of_all_services_and_reordered_start_change_nothing()
    {
        await scene.Provider.Behaves(new { });
        var episodes = await Task.WhenAll(scene.Uploads(), scene.Uploads(), scene.Uploads());

        foreach (var service in (string[])["ingest", "orchestrator", "processing", "gateway"])
            await scene.Kill(service);
        foreach (var service in (string[])["gateway", "processing", "ingest", "orchestrator"])
            await scene.Start(service);

        foreach (var episode in episodes)
            await scene.EndsWell(episode);
    }

    [Fact]
    public async Task sleeping_processes_change_nothing_when_they_wake()
    {
        await scene.Provider.Behaves(new { });
        var made = await scene.Provider.Count("tasks");
        var sleepers = scene.Fleet.Services.Where(member => member.Name is "orchestrator-1" or "processing-1" or "gateway-1").ToList();
        var episodes = await Task.WhenAll(scene.Uploads(), scene.Uploads(), scene.Uploads());
        await scene.Provider.Counts("tasks", made + 1);

        sleepers.ForEach(member => member.Send(Signal.Stop));
        await Task.Delay(TimeSpan.FromSeconds(4)); // longer than the first check and than a webhook is waited for
        sleepers.ForEach(member => member.Send(Signal.Continue));

        foreach (var episode in episodes)
            await scene.EndsWell(episode);
    }

    [Fact]
    public async Task processes_cut_off_are_replaced_by_others_without_doubles()
    {
        await scene.Provider.Behaves(new { });
        var cut = scene.Fleet.Services.Where(member => member.Name is "orchestrator-1" or "processing-1").Select(member => member.Lines!).ToList();
        var episodes = await Task.WhenAll(scene.Uploads(), scene.Uploads(), scene.Uploads());

        cut.ForEach(lines => lines.Broker.Cut());
        cut.ForEach(lines => lines.Database.Cut());
        await Task.WhenAll(episodes.Select(episode => scene.EndsWell(episode)));
        cut.ForEach(lines => lines.Broker.Mend());
        cut.ForEach(lines => lines.Database.Mend());

        await Task.WhenAll(scene.Fleet.Services.Select(member => member.Ready(TimeSpan.FromMinutes(2))));
    }
}
