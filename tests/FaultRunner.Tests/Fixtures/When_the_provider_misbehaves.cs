using System.Text.Json;
using Podcast.Testing;

namespace Podcast.FaultRunner.Tests.Fixtures;

[Trait("Length", "minutes")]
[Collection(OnTheScene.Name)]
public sealed class When_the_provider_misbehaves(Scene scene)
{
    [Theory]
    [InlineData("""{"server_error_percent":100,"server_error_after_accept":true}""")]
    [InlineData("""{"too_many_requests_percent":100,"retry_after":"none"}""")]
    [InlineData("""{"key_revoked":true}""")]
    [InlineData("""{"html_percent":100}""")]
    public async Task provider_trouble_for_a_while_fails_and_doubles_nothing(string dial)
    {
        await scene.Provider.Behaves(JsonElement.Parse(dial));
        var asked = await scene.Provider.Count("requests");
        var episode = await scene.Uploads();
        await scene.Provider.Counts("requests", asked + 3);

        await scene.Provider.Behaves(new { });

        await scene.EndsWell(episode);
        (await scene.Look(episode)).GetProperty("tasks")[0].GetProperty("attempt").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task provider_naming_another_episodes_task_is_not_believed()
    {
        await scene.Provider.Behaves(new { });
        var first = await scene.Uploads();
        await scene.EndsWell(first);

        await scene.Provider.Behaves(new { same_id_percent = 100 });
        var second = await scene.Uploads();
        await Eventually.Holds(async () => (await scene.History(second)).Count > 1, "something happened to the second");
        await scene.Provider.Behaves(new { });

        await scene.EndsWell(second);
        (await scene.Provider.TasksOf(second)).ShouldNotContain((await scene.Provider.TasksOf(first)).Single());
    }
}
