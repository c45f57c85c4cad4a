using System.Net;
using Podcast.Testing;

namespace Podcast.FaultRunner.Tests.Fixtures;

[Trait("Length", "minutes")]
[Collection(OnTheScene.Name)]
public sealed class When_the_database_fails(Scene scene)
{
    [Fact]
    public async Task disk_full_refuses_uploads_until_space_returns()
    {
        await scene.Provider.Behaves(new { });
        var made = await scene.Provider.Count("tasks");
        var episode = await scene.Uploads();
        await scene.Provider.Counts("tasks", made + 1);

        await scene.Database.IsFull();
        using (var refusal = await scene.TriesToUpload())
        {
            refusal.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            refusal.Headers.RetryAfter.ShouldNotBeNull();
            (await refusal.Content.ReadAsStringAsync()).ShouldContain("53100");
        }

        await Task.Delay(TimeSpan.FromSeconds(12)); // longer than a delivery is tried for other reasons
        (await scene.Look(episode)).GetProperty("id").GetGuid().ShouldBe(episode);

        await scene.Database.HasRoom();
        await scene.Ends(episode, "processed");
        await scene.Quiet(); // older news may still wait for its next try
        await scene.EndsWell(episode);
        await scene.EndsWell(await scene.Uploads());
    }

    [Fact]
    public async Task restored_old_backup_catches_up_without_making_tasks_again()
    {
        string[] services = ["ingest", "orchestrator", "processing", "gateway"];
        await scene.Provider.Behaves(new { });
        await scene.Kill("processing");
        var episode = await scene.Uploads();
        await Eventually.Holds(async () => (await scene.History(episode)).Count > 0, "the episode is begun");
        await scene.Quiet();
        foreach (var service in services)
            await scene.Kill(service);
        await scene.Database.Keep();
        foreach (var service in services)
            await scene.Start(service);
        await scene.EndsWell(episode);

        foreach (var service in services)
            await scene.Kill(service);
        await scene.Database.Restore();
        foreach (var service in services)
            await scene.Start(service);

        (await scene.Look(episode)).GetProperty("status").GetString().ShouldNotBe("processed");
        await scene.Ends(episode, "processed");
        (await scene.Provider.TasksOf(episode)).Count.ShouldBe(1);
        await scene.EndsWell(await scene.Uploads());
    }
}
